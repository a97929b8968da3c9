package dev.tollgate.guard;

import dev.tollgate.GateClock;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes tasks, agents, subjects, tenants, delegations and leases, with all that hangs on them.
 * Whoever offers this to people makes sure who they are. Thread-safe.
 */
public final class KillSwitch {
  private static final Logger log = LoggerFactory.getLogger(KillSwitch.class);

  private final Revocations revocations;
  private final ToIntFunction<RevocationTarget> approvals;
  private final AuditSink audit;
  private final GateClock clock;

  /**
   * @param approvals ends the approvals that hang on a target and says how many
   */
  public KillSwitch(
      Revocations revocations,
      ToIntFunction<RevocationTarget> approvals,
      AuditSink audit,
      GateClock clock) {
    this.revocations = revocations;
    this.approvals = approvals;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Revokes. When this returns, no call begins that hangs on the target; those that had begun are
   * cancelled as far as that goes, and their credentials ended.
   *
   * @param by who does it, for the audit
   * @throws dev.tollgate.state.StateException if the revocation holds in this process, but may be
   *     unknown to others and to the next start: try again
   */
  public Revocation revoke(RevocationTarget target, String by) {
    return revoke(target, by, target.reason());
  }

  /** Ends a task: nothing more is done in it. */
  public Revocation end(Task task) {
    RevocationTarget target = RevocationTarget.task(task.conversation().tenant(), task.id());
    return revoke(target, "application", ReasonCode.TASK_CLOSED);
  }

  /** Revokes a task whose agent goes on in circles. */
  Revocation stopLoop(Task task) {
    RevocationTarget target = RevocationTarget.task(task.conversation().tenant(), task.id());
    return revoke(target, "guard", ReasonCode.LOOP_DETECTED);
  }

  /**
   * Lets an agent, a subject or a tenant go on. What ended stays ended: tasks, delegations, leases.
   *
   * @throws IllegalArgumentException for one of those
   */
  public void restore(RevocationTarget target, String by) {
    switch (target.kind()) {
      case TASK, DELEGATION, LEASE ->
          throw new IllegalArgumentException("what was revoked with it has ended; start anew");
      case AGENT, SUBJECT, TENANT -> {
        // Recorded first: what cannot be recorded is not opened again.
        if (!recorded(target, record("restored", target, by, target.reason(), 0, 0))) {
          throw new IllegalStateException("the audit took no record, so nothing was restored");
        }
        revocations.restore(target);
      }
    }
  }

  private Revocation revoke(RevocationTarget target, String by, ReasonCode reason) {
    List<RunningCall> hit = revocations.stop(target, reason);
    // The call that revokes may be one of them: a store or a token server would give up at once.
    boolean interrupted = Thread.interrupted();
    try {
      return acknowledge(target, by, reason, hit);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** It holds here already: others learn of it first, and token servers may take their time. */
  private Revocation acknowledge(
      RevocationTarget target, String by, ReasonCode reason, List<RunningCall> hit) {
    List<String> inFlight =
        hit.stream()
            .filter(running -> running.revokedInFlight() != null)
            .map(running -> running.call().id())
            .sorted()
            .toList();
    int ended = 0;
    Throwable failed = null;
    try {
      revocations.share(target, reason);
    } catch (RuntimeException | Error e) {
      failed = e;
    }
    try {
      ended = approvals.applyAsInt(target);
    } catch (RuntimeException | Error e) {
      failed = failed == null ? e : failed;
    }
    boolean recorded =
        recorded(target, record("revoked", target, by, reason, inFlight.size(), ended));
    hit.forEach(RunningCall::cut);
    if (failed != null) {
      throw new StateException("the revocation holds here, but may not hold elsewhere", failed);
    }
    return new Revocation(target, inFlight, ended, recorded);
  }

  private static AuditRecord record(
      String action,
      RevocationTarget target,
      String by,
      ReasonCode reason,
      int inFlight,
      int approvals) {
    String kind = target.kind().name().toLowerCase(Locale.ROOT);
    return new AuditRecord.Revoked(
        action, kind, target.id(), by, reason.code(), inFlight, approvals);
  }

  private boolean recorded(RevocationTarget target, AuditRecord record) {
    String task = target.kind() == RevocationTarget.Kind.TASK ? target.id() : "";
    String tenant = target.tenant().isEmpty() ? AuditEntry.UNASSIGNED : target.tenant();
    AuditEntry entry = new AuditEntry(clock.now(), tenant, task, "", "", record);
    try {
      audit.append(List.of(entry));
      return true;
    } catch (AuditException | RuntimeException | Error e) {
      log.error("audit: a {} of a {} could not be written", record.kind(), target.kind(), e);
      return false;
    }
  }
}
