package dev.tollgate.audit;

import dev.tollgate.Denial;
import dev.tollgate.ExecutionInterceptor;
import dev.tollgate.ToolResult;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.telemetry.GateTelemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit stage: whatever happens inside, its end is on record before the result leaves the gate.
 */
public final class RecordOutcome implements ExecutionInterceptor {
  private static final Logger log = LoggerFactory.getLogger(RecordOutcome.class);
  private final KeyedDigest digest;
  private final GateTelemetry telemetry;

  public RecordOutcome(KeyedDigest digest, GateTelemetry telemetry) {
    this.digest = digest;
    this.telemetry = telemetry;
  }

  @Override
  public ToolResult intercept(Chain chain) {
    long start = System.nanoTime();
    ToolResult result = null;
    try {
      result = chain.proceed();
      return recorded(chain, result, start);
    } finally {
      if (result == null) {
        // An Error, or a broken interceptor: after dispatch nobody knows what the tool did.
        chain
            .journal()
            .note(
                chain.journal().dispatched()
                    ? new AuditRecord.Outcome(state(chain, "unknown"), "", "", 0, micros(start))
                    : new AuditRecord.Refused(ReasonCode.STAGE_FAILED));
        flushed(chain);
      }
    }
  }

  private ToolResult recorded(Chain chain, ToolResult result, long start) {
    if (result instanceof ToolResult.Returned returned) {
      Task task = chain.call().call().task();
      String tenant = task == null ? "" : task.conversation().tenant();
      String text = returned.text();
      chain
          .journal()
          .note(
              new AuditRecord.Outcome(
                  state(chain, returned.unanswered() ? "unknown" : "returned"),
                  "",
                  digest.of(tenant, text),
                  text.length(),
                  micros(start)));
    } else if (result instanceof ToolResult.Failed failed) {
      String error = failed.cause().getClass().getName();
      chain
          .journal()
          .note(
              new AuditRecord.Outcome(
                  state(chain, Unanswered.by(failed.cause()) ? "unknown" : "failed"),
                  error,
                  "",
                  0,
                  micros(start)));
    } else if (chain.journal().dispatched()) { // the body itself says denied, of a call inside it
      chain
          .journal()
          .note(new AuditRecord.Outcome(state(chain, "failed"), "denied", "", 0, micros(start)));
    }
    if (flushed(chain) || !(result instanceof ToolResult.Denied)) {
      return result; // a lost outcome cannot undo the call; the broken sink denies the next one
    }
    return new ToolResult.Denied(
        new Denial(ReasonCode.AUDIT_UNAVAILABLE, chain.call().call().id()));
  }

  /** What was revoked while it ran may have done its work or not: that it was revoked counts. */
  private static String state(Chain chain, String otherwise) {
    return chain.call().running().revokedInFlight() == null ? otherwise : "revoked_in_flight";
  }

  private boolean flushed(Chain chain) {
    try {
      chain.journal().flush();
      return true;
    } catch (AuditException e) {
      telemetry.auditFailed();
      log.error("audit: the end of call {} could not be written", chain.call().call().id(), e);
      return false;
    }
  }

  private static long micros(long start) {
    return (System.nanoTime() - start) / 1000;
  }
}
