package dev.tollgate.delegation;

import dev.tollgate.CallStage;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.CredentialNeed;
import org.jspecify.annotations.Nullable;

/**
 * A call of a task that was handed over stays within what was handed over; of any other task it
 * passes. Calls that come back with an approval are checked, and charged, like all others.
 *
 * <p>Signatures are verified once, when the delegation is accepted, and not at each call: a {@link
 * VerifiedDelegation} is immutable, in this process, and nobody but the verifier can make one. What
 * can change after that is looked at each time: the ends, whether the signing keys still count, who
 * carries it for which task, and what is left. The key source is asked once per call and hop chain;
 * one that has to fetch its keys keeps them itself.
 */
public final class DelegationStage implements CallStage {
  private static final Decision PERMIT = Decision.permit(Basis.of("delegation"));
  private final DelegationStanding standing;
  private final DelegationBudget budget;

  public DelegationStage(KeySource keys, GateClock clock, DelegationBudget budget) {
    this.standing = new DelegationStanding(new DelegationKeys(keys), clock);
    this.budget = budget;
  }

  @Override
  public Decision decide(ToolCall call) {
    ReasonCode reason = beyond(call);
    return reason == null ? PERMIT : Decision.deny("delegation", reason);
  }

  /**
   * Why nothing may be done with what the task was handed; {@code null} if it is valid, or if the
   * task was handed nothing. For the last check before dispatch. Charges nothing.
   */
  public @Nullable ReasonCode refuse(Task task) {
    return standing.refuse(task);
  }

  private @Nullable ReasonCode beyond(ToolCall call) {
    Task task = call.task();
    ReasonCode invalid = task == null ? null : refuse(task);
    if (task == null || invalid != null) {
      return invalid;
    }
    if (!(task.delegation() instanceof VerifiedDelegation delegation)) {
      return null;
    }
    Grant grant = delegation.grant();
    if (!grant.tools().contains(call.tool().name())) {
      return ReasonCode.DELEGATION_TOOL;
    }
    CredentialNeed need = call.tool().credential();
    if (need != null && !grant.scopes().containsAll(need.scopes())) {
      return ReasonCode.DELEGATION_SCOPE;
    }
    return budget.call(task, delegation);
  }
}
