package dev.tollgate;

import dev.tollgate.delegation.DelegationStage;
import dev.tollgate.guard.Revocations;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is checked immediately before dispatch, because it may have changed since admission. It
 * stands in the chain before the credential is asked for, and the dispatch asks it again after,
 * since a token server takes its time.
 */
final class LastCheck implements ExecutionInterceptor {
  private final PolicyDecisionPoint policy;
  private final GateClock clock;
  private final Revocations revocations;
  private final DelegationStage delegation;
  private final BooleanSupplier closed;

  LastCheck(
      BooleanSupplier closed,
      PolicyDecisionPoint policy,
      Revocations revocations,
      DelegationStage delegation,
      GateClock clock) {
    this.closed = closed;
    this.policy = policy;
    this.revocations = revocations;
    this.delegation = delegation;
    this.clock = clock;
  }

  @Override
  public ToolResult intercept(Chain chain) {
    ReasonCode refused = refuse(chain.call());
    return refused == null ? chain.proceed() : chain.deny(refused);
  }

  @Nullable ReasonCode refuse(AdmittedCall admitted) {
    if (closed.getAsBoolean()) {
      return ReasonCode.GATE_CLOSED;
    }
    ReasonCode revoked = revocations.refuse(admitted.call());
    if (revoked == null) {
      revoked = admitted.running().revoked();
    }
    if (revoked != null) {
      return revoked;
    }
    if (clock.nanos() - admitted.expiresNanos() > 0) {
      return ReasonCode.ADMISSION_EXPIRED;
    }
    Task task = admitted.call().task();
    ReasonCode ended = task == null ? null : delegation.refuse(task);
    if (ended != null) {
      return ended;
    }
    if (task != null && !observed(admitted) && clock.nanos() - task.deadlineNanos() > 0) {
      return ReasonCode.TASK_EXPIRED;
    }
    for (Obligation obligation : admitted.obligations()) {
      if (obligation instanceof Obligation.ApprovedUntil until
          && clock.now().isAfter(until.end())) {
        return ReasonCode.APPROVAL_EXPIRED;
      }
    }
    String decidedUnder = admitted.decision().basis().revision();
    if (admitted.decision() instanceof Decision.Permit
        && !decidedUnder.isEmpty()
        && !decidedUnder.equals(policy.revision())) {
      return ReasonCode.POLICY_REVISION_CHANGED;
    }
    return null;
  }

  /** Observe mode let the call through although its task had ended: that is on record already. */
  private static boolean observed(AdmittedCall admitted) {
    return admitted.decision() instanceof Decision.Deny deny
        && deny.reason() == ReasonCode.TASK_EXPIRED;
  }
}
