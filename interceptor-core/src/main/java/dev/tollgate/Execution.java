package dev.tollgate;

import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.telemetry.CallSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs admitted calls through the execution chain, each once. */
final class Execution {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);
  private final GateParts parts;
  private final ResultMasking masking;

  Execution(GateParts parts) {
    this.parts = parts;
    this.masking = new ResultMasking(parts::auditFailed);
  }

  ToolResult run(Admission admission, ToolBody body, CallSpan span) {
    span.decided(admission.decision());
    if (!(admission instanceof AdmittedCall admitted)) {
      return span.ended(new ToolResult.Denied(((Refusal) admission).denial()));
    }
    if (!admitted.madeBy(parts) || !admitted.use()) {
      return span.ended(usedBefore(admitted.call()));
    }
    Dispatch dispatch = new Dispatch(parts.lastCheck, body);
    // Before the last check: what is revoked later sees it.
    parts.revocations.enter(admitted.running());
    try {
      ToolResult ended = ExecutionChain.run(parts.execution, admitted, dispatch);
      ToolResult result = withheld(admitted, ended);
      if (result instanceof ToolResult.Denied) {
        Task task = admitted.call().task();
        parts.budgets.denied(task);
        if (task != null) {
          task.life().denied();
        }
      }
      // Of a tool that failed the span says so, also where nobody else is told of it.
      var unused = span.ended(result instanceof ToolResult.Denied ? result : ended);
      return result;
    } catch (RuntimeException | Error e) {
      ToolResult result = dispatch.result();
      if (result == null && dispatch.started()) {
        span.broke(e);
        throw e; // the tool's own Error, as the framework would have seen it
      }
      log.error("a stage failed around call {}", admitted.call().id(), e);
      // A tool that ran was not denied, whatever broke after it.
      return span.ended(
          result == null
              ? denied(admitted.call(), ReasonCode.STAGE_FAILED)
              : withheld(admitted, result));
    } finally {
      parts.revocations.leave(admitted.running());
    }
  }

  /** What a revoked call brought back does not reach the model, nor what the policy masks. */
  private ToolResult withheld(AdmittedCall admitted, ToolResult result) {
    return admitted.running().revokedInFlight() == null
        ? masking.leaving(admitted, result)
        : denied(admitted.call(), ReasonCode.REVOKED_IN_FLIGHT);
  }

  /** The second use of an admission, or one of another gate: on record like every call. */
  private ToolResult usedBefore(ToolCall call) {
    CallJournal journal = parts.factory.emptyJournal(call);
    journal.note(new AuditRecord.Refused(ReasonCode.ADMISSION_USED));
    try {
      journal.flush();
    } catch (AuditException e) {
      parts.auditFailed(e);
    }
    return denied(call, ReasonCode.ADMISSION_USED);
  }

  private static ToolResult denied(ToolCall call, ReasonCode reason) {
    return new ToolResult.Denied(new Denial(reason, call.id()));
  }
}
