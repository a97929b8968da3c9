package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Works out what a hop says: what the giver wants to hand over, met with what it has. */
final class DelegationIssuer {
  private final DelegationStanding standing;
  private final String trustDomain;
  private final GateClock clock;

  DelegationIssuer(DelegationStanding standing, String trustDomain, GateClock clock) {
    this.standing = standing;
    this.trustDomain = trustDomain;
    this.clock = clock;
  }

  DelegationClaims claims(Task task, Grant wanted, Instant now) throws DelegationException {
    Caller caller = task.caller();
    if (task.conversation().tenant().isEmpty()) {
      throw refused(ReasonCode.TENANT_MISSING);
    }
    if (caller == null) {
      throw refused(ReasonCode.SUBJECT_MISSING);
    }
    DelegationClaims parent = parent(task);
    Instant taskEnd = now.plusNanos(task.deadlineNanos() - clock.nanos());
    DelegatedTask about =
        parent == null ? DelegatedTask.of(task, caller, trustDomain, taskEnd) : parent.task();
    if (!about.is(task)) {
      throw refused(ReasonCode.DELEGATION_FOREIGN);
    }
    List<String> actors = actors(task, wanted, parent);
    if (parent != null && parent.grant().depth() == 0) {
      throw refused(ReasonCode.DELEGATION_TOO_DEEP);
    }
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    Instant end = earlier(now.plus(wanted.lifetime()), taskEnd);
    end = parent == null ? end : earlier(end, parent.expiresAt());
    end = end.truncatedTo(ChronoUnit.SECONDS);
    if (!end.isAfter(now)) {
      throw refused(ReasonCode.DELEGATION_EXPIRED);
    }
    Grant left = parent == null ? wanted : Narrowing.meet(parent.grant(), wanted);
    return new DelegationClaims(
        about,
        UUID.randomUUID().toString(),
        issuedAt,
        end,
        actors,
        Narrowing.written(left, Duration.between(issuedAt, end)),
        HandedStanding.of(task),
        task.delegation() instanceof VerifiedDelegation from ? from.token() : null);
  }

  private @Nullable DelegationClaims parent(Task task) throws DelegationException {
    ReasonCode reason = standing.refuse(task);
    if (reason != null) {
      throw refused(reason);
    }
    return task.delegation() instanceof VerifiedDelegation from
        ? ClaimsReader.read(SignedToken.read(from.token()).payload())
        : null;
  }

  private static List<String> actors(Task task, Grant wanted, @Nullable DelegationClaims parent)
      throws DelegationException {
    List<String> actors = new ArrayList<>();
    actors.add(wanted.to());
    actors.addAll(parent == null ? List.of(task.agent().id()) : parent.actors());
    if (actors.lastIndexOf(wanted.to()) > 0) {
      throw refused(ReasonCode.DELEGATION_TOO_DEEP); // it would come back to who had it
    }
    return actors;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static DelegationException refused(ReasonCode reason) {
    return new DelegationException(reason, "the task's agent may not hand this over");
  }
}
