package dev.tollgate;

import dev.tollgate.audit.CallJournal;

/**
 * One stage of execution: it wraps one call and may let it {@link Chain#proceed} at most once. To
 * stop the call, it returns {@link Chain#deny}. What it throws denies the call if the tool has not
 * run. Interceptors are thread-safe.
 */
@FunctionalInterface
public interface ExecutionInterceptor {
  ToolResult intercept(Chain chain);

  /** The rest of the chain, for one call. */
  interface Chain {
    AdmittedCall call();

    /** Where this call's records go. */
    CallJournal journal();

    /**
     * Runs the rest of the chain.
     *
     * @throws IllegalStateException the second time: a retry is a new call and is decided again
     */
    ToolResult proceed();

    /** Ends the call before the tool runs. */
    ToolResult deny(dev.tollgate.reason.ReasonCode reason);
  }
}
