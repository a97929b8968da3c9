package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what was verified once still holds for the task that carries it. Thread-safe. */
final class DelegationStanding {
  private final DelegationKeys keys;
  private final GateClock clock;

  DelegationStanding(DelegationKeys keys, GateClock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Nullable ReasonCode refuse(Task task) {
    Delegation delegation = task.delegation();
    if (delegation instanceof VerifiedDelegation verified) {
      return refuse(task, verified);
    }
    return delegation instanceof RefusedDelegation refused ? refused.reason() : null;
  }

  private @Nullable ReasonCode refuse(Task task, VerifiedDelegation delegation) {
    if (!delegation.taskId().equals(task.id())
        || !delegation.grant().to().equals(task.agent().id())) {
      return ReasonCode.DELEGATION_FOREIGN;
    }
    // A delegated task ends with its delegation: the monotonic clock cannot be set back.
    if (clock.nanos() - task.deadlineNanos() > 0) {
      return ReasonCode.DELEGATION_EXPIRED;
    }
    Instant now = clock.now();
    Set<String> trusted = keys.trusted();
    for (VerifiedDelegation.Hop hop : delegation.hops()) {
      if (!now.isBefore(hop.expiresAt())) {
        return ReasonCode.DELEGATION_EXPIRED;
      }
      if (!trusted.contains(hop.keyId())) {
        return ReasonCode.DELEGATION_FORGED;
      }
    }
    return null;
  }
}
