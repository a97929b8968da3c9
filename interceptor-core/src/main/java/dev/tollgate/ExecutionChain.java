package dev.tollgate;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.reason.ReasonCode;
import java.util.List;

/**
 * The interceptors for one call, from here on. One object a step, so that each may proceed once.
 */
final class ExecutionChain implements ExecutionInterceptor.Chain {
  private final List<ExecutionInterceptor> interceptors;
  private final int at;
  private final AdmittedCall call;
  private final Dispatch dispatch;
  private boolean proceeded;

  ExecutionChain(
      List<ExecutionInterceptor> interceptors, int at, AdmittedCall call, Dispatch dispatch) {
    this.interceptors = interceptors;
    this.at = at;
    this.call = call;
    this.dispatch = dispatch;
  }

  /** Runs the whole chain. */
  static ToolResult run(
      List<ExecutionInterceptor> interceptors, AdmittedCall call, Dispatch dispatch) {
    return step(interceptors, 0, call, dispatch);
  }

  private static ToolResult step(
      List<ExecutionInterceptor> interceptors, int at, AdmittedCall call, Dispatch dispatch) {
    return at == interceptors.size()
        ? dispatch.run(call)
        : interceptors.get(at).intercept(new ExecutionChain(interceptors, at + 1, call, dispatch));
  }

  @Override
  public AdmittedCall call() {
    return call;
  }

  @Override
  public CallJournal journal() {
    return call.journal();
  }

  @Override
  public synchronized ToolResult proceed() {
    if (proceeded) {
      throw new IllegalStateException("an interceptor may proceed once; a retry is a new call");
    }
    proceeded = true;
    return step(interceptors, at, call, dispatch);
  }

  @Override
  public ToolResult deny(ReasonCode reason) {
    return deny(call, reason);
  }

  static ToolResult deny(AdmittedCall call, ReasonCode reason) {
    call.journal().note(new AuditRecord.Refused(reason));
    return new ToolResult.Denied(new Denial(reason, call.call().id()));
  }
}
