package dev.tollgate;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalStage;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.guard.Budgets;
import dev.tollgate.guard.Meter;
import dev.tollgate.policy.Approved;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.provenance.NamedByUser;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows about a call when the policy is asked; each looked up if it is read. A store
 * that fails throws, and the policy stage denies: absent would mean that there is none.
 */
final class GateFacts implements CallFacts {
  private final ToolCall call;
  private final Budgets budgets;
  private final @Nullable ApprovalStage approvals;
  private final PolicyDecisionPoint policy;
  private volatile @Nullable String approvalRead;
  private volatile @Nullable Map<String, String> provenance;

  /**
   * @param approvals {@code null} where nobody is asked
   * @param policy whose revision is in force
   */
  GateFacts(
      ToolCall call,
      Budgets budgets,
      @Nullable ApprovalStage approvals,
      PolicyDecisionPoint policy) {
    this.call = call;
    this.budgets = budgets;
    this.approvals = approvals;
    this.policy = policy;
  }

  @Override
  public DeclaredDestination destination() {
    return call.destination();
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> known = provenance;
    if (known == null) {
      Task task = call.task();
      known =
          task != null && call.arguments() instanceof Arguments.Parsed parsed
              ? NamedByUser.of(task, call.tool(), parsed.tree())
              : Map.of();
      provenance = known; // each argument that a policy reads asks for it
    }
    return known;
  }

  @Override
  public @Nullable Approved approval() {
    ApprovalRequest given = approvals == null ? null : approvals.given(call, policy.revision());
    if (given == null) {
      return null;
    }
    approvalRead = given.id();
    return new Approved(given.approver(), given.approverRoles());
  }

  @Override
  public @Nullable String approvalRead() {
    return approvalRead;
  }

  @Override
  public @Nullable Long callsLeft() {
    return left(Meter.CALLS);
  }

  @Override
  public @Nullable Long denialsLeft() {
    return left(Meter.DENIALS);
  }

  private @Nullable Long left(Meter meter) {
    return call.task() == null ? null : budgets.left(call.task(), meter);
  }
}
