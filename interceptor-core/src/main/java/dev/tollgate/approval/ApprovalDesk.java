package dev.tollgate.approval;

import dev.tollgate.GateClock;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.key.Sealing;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where people answer. Whoever offers this to them authenticates them first; the desk refuses
 * agents, whoever acts through one, and who carries a credential that the gate issued. Every answer
 * is on record, also one that was refused. Thread-safe.
 */
public final class ApprovalDesk {
  private static final Logger log = LoggerFactory.getLogger(ApprovalDesk.class);
  private final ApprovalStore store;
  private final Predicate<Secret> issuedByGate;
  private final AuditSink audit;
  private final GateClock clock;
  private final AnswerWatch watch = new AnswerWatch();

  /**
   * @param issuedByGate whether a credential is one that the gate issued for a call
   */
  public ApprovalDesk(
      ApprovalStore store, Predicate<Secret> issuedByGate, AuditSink audit, GateClock clock) {
    this.store = store;
    this.issuedByGate = issuedByGate;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A desk beside a gate, for a tool that people use: in another process, or after the gate's has
   * ended. It does not know which credentials that gate has issued, so whoever offers it lets
   * nobody in who shows one of those.
   *
   * @param state where the gate keeps its approvals
   * @param keys the gate's own
   * @throws IllegalStateException if a key is missing
   */
  public static ApprovalDesk over(
      StateStore state, KeySource keys, AuditSink audit, GateClock clock) {
    KeyedDigest digest =
        new KeyedDigest(keys.secrets(KeyPurpose.DIGEST).get(0).toSecretKey("HmacSHA256"));
    Sealing sealing = Sealing.of(keys, KeyPurpose.APPROVAL);
    int unused = 1; // a desk files nothing, and so takes no slot
    ApprovalStore store = new StateApprovalStore(state, sealing, digest, clock, unused);
    return new ApprovalDesk(store, token -> false, audit, clock);
  }

  /**
   * What waits for a person, the oldest first.
   *
   * @throws StateException if the store cannot be read
   */
  public List<ApprovalRequest> pending(String tenant) {
    return open(tenant).stream()
        .filter(request -> request.state() == ApprovalState.PENDING)
        .toList();
  }

  /**
   * What waits for a person, and what was approved and has not run yet; the oldest first.
   *
   * @throws StateException if the store cannot be read
   */
  public List<ApprovalRequest> open(String tenant) {
    Instant now = clock.now();
    return store.all(tenant).stream()
        .map(ApprovalStore.Stored::request)
        .filter(request -> isOpen(request) && !request.expired(now))
        .sorted(Comparator.comparing(ApprovalRequest::askedAt).thenComparing(ApprovalRequest::id))
        .toList();
  }

  /** One approval, in whatever state; empty if there is none, or not any more. */
  public Optional<ApprovalRequest> find(String tenant, String id) {
    return store.find(tenant, id).map(ApprovalStore.Stored::request);
  }

  /**
   * Waits until an approval is answered or has ended, for {@code atMost}. An answer at another
   * process' desk is noticed within a second.
   *
   * @return the approval as it is then; empty if there is none
   * @throws StateException if the store cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<ApprovalRequest> await(String tenant, String id, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long seen = watch.answers();
      Optional<ApprovalRequest> now = find(tenant, id);
      long left = end - System.nanoTime();
      if (left <= 0 || now.filter(this::waits).isEmpty()) {
        return now;
      }
      watch.awaitMoreThan(seen, left);
    }
  }

  /**
   * Holds this thread until an approval is answered, for {@code atMost}.
   *
   * @return whether it was answered or has ended; {@code false} also if the thread was interrupted,
   *     and stays so, or the store cannot be read
   */
  public boolean answered(String tenant, String id, Duration atMost) {
    try {
      return await(tenant, id, atMost)
          .filter(request -> request.state() != ApprovalState.PENDING)
          .isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // the approval still waits
    } catch (StateException e) {
      log.error("approval {} cannot be read; its call stays denied", id, e);
      return false;
    }
  }

  private boolean waits(ApprovalRequest request) {
    return request.state() == ApprovalState.PENDING && !request.expired(clock.now());
  }

  /** Says yes to one call. It runs when it is resumed, once, if the policy still permits it. */
  public ApprovalAnswer approve(String tenant, String id, Approver approver) {
    return answer(tenant, id, ApprovalState.APPROVED, approver);
  }

  /** Says no to one call; it stays refused for its task. */
  public ApprovalAnswer reject(String tenant, String id, Approver approver) {
    return answer(tenant, id, ApprovalState.REJECTED, approver);
  }

  private ApprovalAnswer answer(String tenant, String id, ApprovalState answer, Approver approver) {
    try {
      return take(tenant, id, answer, approver);
    } finally {
      watch.answered(); // also a refused one: whoever waits looks again
    }
  }

  private ApprovalAnswer take(String tenant, String id, ApprovalState answer, Approver approver) {
    ApprovalRequest request = null;
    ReasonCode refused;
    try {
      ApprovalStore.Stored stored = store.find(tenant, id).orElse(null);
      request = stored == null ? null : stored.request();
      refused = refuse(request, tenant, approver);
      if (refused == null && stored != null && request != null) {
        ApprovalRequest answered = request.answered(answer, approver, clock.now());
        if (!store.replace(stored, answered)) {
          refused = ReasonCode.APPROVAL_ANSWERED;
        } else if (recorded(
            request, answer == ApprovalState.APPROVED ? "approve" : "reject", approver, null)) {
          return new ApprovalAnswer.Taken(answered);
        } else {
          takeBack(tenant, id);
          return new ApprovalAnswer.Refused(ReasonCode.AUDIT_UNAVAILABLE);
        }
      }
    } catch (StateException e) {
      log.error("approval {} could not be answered", id, e);
      refused = ReasonCode.APPROVAL_UNAVAILABLE;
      if (request != null && request.state() == ApprovalState.PENDING) {
        unsure(tenant, id);
      }
    }
    ReasonCode why = refused == null ? ReasonCode.APPROVAL_UNKNOWN : refused;
    if (request != null) {
      recorded(request, "refuse", approver, why);
    }
    return new ApprovalAnswer.Refused(why);
  }

  private @Nullable ReasonCode refuse(
      @Nullable ApprovalRequest request, String tenant, Approver approver) {
    if (!approver.tenant().equals(tenant)) {
      return ReasonCode.APPROVER_FOREIGN;
    }
    if (request == null) {
      return ReasonCode.APPROVAL_UNKNOWN;
    }
    Secret credential = approver.credential();
    if (credential != null && issuedByGate.test(credential)) {
      return ReasonCode.APPROVER_TOKEN_OF_GATE;
    }
    if (approver.kind() != Approver.Kind.PERSON
        || !approver.actors().isEmpty()
        || request.agents().contains(approver.subject())) {
      return ReasonCode.APPROVER_NOT_HUMAN;
    }
    if (request.byOther() && request.call().subject().equals(approver.subject())) {
      return ReasonCode.APPROVER_IS_SUBJECT;
    }
    if (!approver.roles().containsAll(request.byRoles())) {
      return ReasonCode.APPROVER_ROLE_MISSING;
    }
    Instant now = clock.now();
    if (request.fromTheFuture(now)) {
      return ReasonCode.CLOCK_SET_BACK;
    }
    return switch (request.state()) {
      case APPROVED, REJECTED, USED -> ReasonCode.APPROVAL_ANSWERED;
      case REVOKED -> ReasonCode.APPROVAL_REVOKED;
      case PENDING -> request.expired(now) ? ReasonCode.APPROVAL_EXPIRED : null;
    };
  }

  /** A store may fail after it has written: what was refused must not stand. */
  private void unsure(String tenant, String id) {
    try {
      store
          .find(tenant, id)
          .filter(now -> now.request().state() == ApprovalState.APPROVED)
          .ifPresent(now -> takeBack(tenant, id));
    } catch (StateException e) {
      log.error("approval {}: nobody knows whether it was answered", id, e);
    }
  }

  /** An answer that nobody can account for must not let anything run. */
  private void takeBack(String tenant, String id) {
    store
        .find(tenant, id)
        .ifPresent(now -> store.replace(now, now.request().now(ApprovalState.REVOKED)));
  }

  /**
   * Ends what waits, or was approved and not used, and hangs on the target.
   *
   * @return how many ended
   */
  public int revoke(RevocationTarget target) {
    int ended = 0;
    for (ApprovalStore.Stored stored : store.all(target.tenant())) {
      ApprovalRequest request = stored.request();
      if (isOpen(request)
          && hangsOn(request, target)
          && store.replace(stored, request.now(ApprovalState.REVOKED))) {
        ended++;
      }
    }
    watch.answered();
    return ended;
  }

  private static boolean isOpen(ApprovalRequest request) {
    return request.state() == ApprovalState.PENDING || request.state() == ApprovalState.APPROVED;
  }

  private static boolean hangsOn(ApprovalRequest request, RevocationTarget target) {
    return switch (target.kind()) {
      case TASK -> request.call().taskId().equals(target.id());
      case AGENT -> request.agents().contains(target.id());
      case SUBJECT -> request.call().subject().equals(target.id());
      case TENANT -> true;
      case DELEGATION -> request.origin().delegations().contains(target.id());
      case LEASE -> false; // a call that waits has no credential yet
    };
  }

  private boolean recorded(
      ApprovalRequest request, String answer, Approver approver, @Nullable ReasonCode reason) {
    return write(
        request,
        new AuditRecord.ApprovalAnswered(
            request.id(),
            answer,
            approver.subject(),
            approver.kind() == Approver.Kind.PERSON,
            approver.actors(),
            approver.roles(),
            reason == null ? "" : reason.code()));
  }

  private boolean write(ApprovalRequest request, AuditRecord record) {
    CallBinding call = request.call();
    try {
      audit.append(
          List.of(
              new AuditEntry(
                  clock.now(), call.tenant(), call.taskId(), request.callId(), "", record)));
      return true;
    } catch (AuditException | RuntimeException | Error e) {
      log.error("audit: an answer to approval {} could not be written", request.id(), e);
      return false;
    }
  }
}
