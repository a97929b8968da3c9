package dev.tollgate.langchain4j;

import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.function.Function;

/**
 * Holds a call on its own thread until a person has answered, where the application wants that.
 * Never on a thread that a model calls back on: one that waits there holds up the model's client.
 */
record ApprovalWait(Installation current, Task task) {
  private static final ContextKey<Boolean> CALLBACK = ContextKey.named("tollgate.callback");

  /** This thread is a model's, also for agents that are called by tools, until the scope closes. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  static Scope onCallbackThread() {
    return Context.current().with(CALLBACK, true).makeCurrent();
  }

  /**
   * The result after an answer, or the one that there is.
   *
   * @param again decides anew, with an approval
   */
  ToolResult settled(ToolResult result, Function<String, ToolResult> again) {
    ApprovalDesk desk = current.gate().approvals();
    if (desk == null
        || current.settings().approvalWait().isZero()
        || Context.current().get(CALLBACK) != null
        || !(result instanceof ToolResult.Denied denied)
        || denied.denial().reason() != ReasonCode.APPROVAL_REQUIRED
        || denied.denial().approvalId() == null) {
      return result;
    }
    String id = denied.denial().approvalId();
    return desk.answered(task.conversation().tenant(), id, current.settings().approvalWait())
        ? again.apply(id)
        : result;
  }
}
