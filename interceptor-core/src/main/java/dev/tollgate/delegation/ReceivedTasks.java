package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskLife;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The task that a receiver works in: part of the ambient one, or one of its own. */
final class ReceivedTasks {
  private static final Duration LONGEST = Duration.ofHours(1);
  private final GateClock clock;

  ReceivedTasks(GateClock clock) {
    this.clock = clock;
  }

  Task open(
      DelegationClaims claims,
      VerifiedDelegation verified,
      Caller caller,
      AgentIdentity receiver,
      Instant now)
      throws DelegationException {
    DelegatedTask about = claims.task();
    Task ambient = Task.current();
    if (ambient != null && ambient.id().equals(about.id())) {
      if (!about.is(ambient)) {
        // The same task for somebody else, or with other words: one of the two is not what it says.
        throw new DelegationException(ReasonCode.DELEGATION_FOREIGN, "not the ambient task");
      }
      if (!comesFrom(ambient.delegation(), verified)) {
        // Inside delegated work nobody gets more than was handed on from there.
        throw new DelegationException(ReasonCode.DELEGATION_FOREIGN, "not from the ambient work");
      }
      return ambient.delegated(receiver, verified, ends(verified, now));
    }
    return new Task(
        about.id(),
        new Conversation(about.tenant(), about.conversation()),
        caller,
        receiver,
        claims.standing().intent(about.intentSource()),
        about.intentDigest(),
        about.environment(),
        about.startedAt(),
        ends(verified, now),
        verified,
        TaskLife.after(claims.standing().history()));
  }

  private static boolean comesFrom(@Nullable Delegation outer, VerifiedDelegation inner) {
    if (outer instanceof VerifiedDelegation verified) {
      return inner.hops().stream()
          .limit(inner.hops().size() - 1)
          .anyMatch(hop -> hop.id().equals(verified.id()));
    }
    return outer == null;
  }

  /** A task in which nothing may be done; the ambient one's, so that its records stand with it. */
  Task refused(ReasonCode reason, Caller caller, AgentIdentity receiver) {
    RefusedDelegation refused = new RefusedDelegation(reason);
    Task ambient = Task.current();
    if (ambient != null && ambient.conversation().tenant().equals(caller.tenant())) {
      return ambient.delegated(receiver, refused, ambient.deadlineNanos());
    }
    String id = "t-" + UUID.randomUUID();
    return new Task(
        id,
        new Conversation(caller.tenant(), id),
        caller,
        receiver,
        new Intent(Intent.Source.EVENT, ""),
        "",
        "",
        clock.now(),
        clock.nanos() + LONGEST.toNanos(),
        refused,
        new TaskLife());
  }

  /** On the monotonic clock. */
  long ends(VerifiedDelegation verified, Instant now) {
    return clock.nanos() + Duration.between(now, verified.last().expiresAt()).toNanos();
  }
}
