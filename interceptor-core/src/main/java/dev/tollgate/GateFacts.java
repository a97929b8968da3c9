package dev.tollgate;

import dev.tollgate.approval.ApprovalStage;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.guard.Budgets;
import dev.tollgate.policy.CallFacts;
import org.jspecify.annotations.Nullable;

/** What the gate knows about a call when the policy is asked; each looked up if it is read. */
record GateFacts(ToolCall call, Budgets budgets, @Nullable ApprovalStage approvals)
    implements CallFacts {
  @Override
  public DeclaredDestination destination() {
    return call.destination();
  }
}
