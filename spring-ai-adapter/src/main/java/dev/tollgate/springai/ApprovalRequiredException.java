package dev.tollgate.springai;

import java.io.Serial;
import java.util.List;

/**
 * A call needs approval, and that was to stop the agent's run ({@code
 * tollgate.approval.pending=suspend}). Nothing of the turn has run. It leaves the chat, or is the
 * error of its stream; {@link ApprovedCalls#resume(SuspendedTurn,
 * dev.tollgate.task.Caller,org.springframework.ai.model.tool.ToolCallingManager)} goes on.
 */
public final class ApprovalRequiredException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient SuspendedTurn turn;

  public ApprovalRequiredException(SuspendedTurn turn) {
    super("waits for approval: " + String.join(", ", turn.approvalIds()));
    this.turn = turn;
  }

  /** The approvals to ask people for. */
  public List<String> approvalIds() {
    return turn.approvalIds();
  }

  /** What to go on with. Not serialised. */
  public SuspendedTurn turn() {
    return turn;
  }
}
