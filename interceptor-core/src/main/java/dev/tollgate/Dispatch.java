package dev.tollgate;

import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain: everything up to here is on record, the last check holds, the tool runs.
 */
final class Dispatch {
  private final LastCheck lastCheck;
  private final ToolBody body;

  Dispatch(LastCheck lastCheck, ToolBody body) {
    this.lastCheck = lastCheck;
    this.body = body;
  }

  ToolResult run(AdmittedCall call) {
    call.journal().note(new AuditRecord.Dispatched(call.arguments().digest()));
    try {
      call.journal().flush();
    } catch (AuditException e) {
      return ExecutionChain.deny(call, ReasonCode.AUDIT_UNAVAILABLE);
    }
    ReasonCode refused = lastCheck.refuse(call);
    if (refused != null) {
      return ExecutionChain.deny(call, refused);
    }
    try (Scope scope = ambient(call.call().task())) {
      return body.run(call.arguments().canonical());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new ToolResult.Failed(e);
    }
  }

  private static Scope ambient(@Nullable Task task) {
    return task == null ? Scope.noop() : task.open();
  }
}
