package dev.tollgate;

import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the chain: everything up to here is on record, the last check holds, the tool runs.
 */
final class Dispatch {
  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
  private final LastCheck lastCheck;
  private final ToolBody body;
  private @Nullable ToolResult result;
  private boolean started;

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
    ReasonCode refused = refuse(call);
    if (refused == null) {
      refused = call.running().begin();
    }
    if (refused != null) {
      return ExecutionChain.deny(call, refused);
    }
    Task task = call.call().task();
    if (task != null) {
      task.life().sequence().ran(call.call().tool(), call.call().destination().zones());
      label(call, task);
    }
    started = true;
    ConnectionGuard connections = call.connections();
    try {
      ToolResult ended = body(call, connections);
      result = ended;
      return ended;
    } finally {
      connections.end();
      call.running().end();
    }
  }

  /** Now, not when it has returned: what fails halfway may have told the model enough. */
  private static void label(AdmittedCall call, Task task) {
    for (Obligation obligation : call.obligations()) {
      if (obligation instanceof Obligation.AddLabel label) {
        task.life().sequence().labelled(label.label());
      }
    }
  }

  /** Whether the tool was started. */
  boolean started() {
    return started;
  }

  /** How the tool ended; {@code null} before, and if it ended with an {@link Error}. */
  @Nullable ToolResult result() {
    return result;
  }

  private @Nullable ReasonCode refuse(AdmittedCall call) {
    try {
      return lastCheck.refuse(call);
    } catch (RuntimeException | Error e) {
      log.error("the last check of call {} failed", call.call().id(), e);
      return ReasonCode.STAGE_FAILED;
    }
  }

  private ToolResult body(AdmittedCall call, ConnectionGuard connections) {
    try (Scope scope = ambient(call.call().task());
        Scope asking = connections.open()) {
      ToolResult ended = body.run(call.arguments().canonical());
      // A body that nobody checked for nulls: still a call that ran.
      return ended == null
          ? new ToolResult.Failed(new IllegalStateException("the tool's body gave no result"))
          : ended;
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
