package dev.tollgate.approval;

import dev.tollgate.Arguments;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last stage of admission: a call that needs approval is filed, or let through if a person has
 * approved this very call. The policy was asked before, also about a call that comes back with an
 * approval. Thread-safe.
 */
public final class ApprovalStage {
  private static final Logger log = LoggerFactory.getLogger(ApprovalStage.class);
  private final ApprovalStore store;
  private final ApprovalListener listener;
  private final AuditSink audit;
  private final GateClock clock;
  private final Duration lifetime;

  /**
   * @param lifetime how long a call waits for an answer, and the answer for its use
   */
  public ApprovalStage(
      ApprovalStore store,
      ApprovalListener listener,
      AuditSink audit,
      GateClock clock,
      Duration lifetime) {
    this.store = store;
    this.listener = listener;
    this.audit = audit;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /**
   * What the decision on a call becomes. A {@link Decision.NeedsApproval} with an id waits under
   * it.
   */
  public Decision settle(ToolCall call, Decision decided) {
    Task task = call.task();
    String presented = call.approval() == null ? read(decided) : call.approval();
    if (decided instanceof Decision.Deny
        || (decided instanceof Decision.Permit && presented == null)) {
      return decided;
    }
    if (task == null || !(call.arguments() instanceof Arguments.Parsed arguments)) {
      return deny(decided, ReasonCode.STAGE_FAILED); // earlier stages let nothing of this through
    }
    try {
      return presented == null
          ? ask(call, task, arguments, decided)
          : presented(call, task, presented, decided);
    } catch (StateException e) {
      log.error("approval: the store failed for call {}", call.id(), e);
      return deny(decided, ReasonCode.APPROVAL_UNAVAILABLE);
    }
  }

  /** A call that comes with an approval: it must be for this very call, and is used up by it. */
  private Decision presented(ToolCall call, Task task, String id, Decision decided) {
    CallBinding binding = binding(call, task, decided);
    ApprovalStore.Stored stored = store.find(binding.tenant(), id).orElse(null);
    if (stored == null) {
      return deny(decided, ReasonCode.APPROVAL_UNKNOWN);
    }
    ReasonCode changed = stored.request().call().differs(binding);
    return changed == null ? claim(call, stored, decided) : deny(decided, changed);
  }

  private Decision ask(ToolCall call, Task task, Arguments.Parsed arguments, Decision decided) {
    CallBinding binding = binding(call, task, decided);
    Optional<ApprovalStore.Stored> same = store.findSame(binding);
    if (same.isPresent()) {
      ApprovalRequest known = same.get().request();
      boolean samePolicies = known.call().revision().equals(binding.revision());
      if (known.state() == ApprovalState.REJECTED) {
        return deny(decided, ReasonCode.APPROVAL_REJECTED); // for the task, whatever the policies
      }
      boolean ended = known.state() == ApprovalState.USED || known.expired(clock.now());
      if (!ended && samePolicies) {
        return claim(call, same.get(), decided);
      }
      if (!ended) { // nobody may answer what was asked under other policies
        store.replace(same.get(), known.now(ApprovalState.REVOKED));
      }
    }
    return file(call, task, arguments, binding, decided);
  }

  private Decision file(
      ToolCall call, Task task, Arguments.Parsed arguments, CallBinding binding, Decision decided) {
    Instant now = clock.now();
    Instant taskEnds = now.plusNanos(task.deadlineNanos() - clock.nanos());
    Instant expires = now.plus(lifetime);
    List<Obligation> demands = Decision.obligations(decided);
    ApprovalRequest request =
        new ApprovalRequest(
            UUID.randomUUID().toString(),
            call.id(),
            binding,
            arguments.canonical(),
            TaskOrigin.of(task, taskEnds),
            decided.basis(),
            byOther(decided),
            byRoles(decided),
            now,
            expires.isBefore(taskEnds) ? expires : taskEnds,
            ApprovalState.PENDING,
            "",
            Set.of(),
            now);
    // Before it can be answered: an answer to a question that nobody recorded proves nothing.
    if (!recorded(
        call, binding, new AuditRecord.ApprovalRequested(request.id(), request.expiresAt()))) {
      return deny(decided, ReasonCode.AUDIT_UNAVAILABLE);
    }
    try {
      if (!store.add(request)) {
        return deny(decided, ReasonCode.APPROVAL_LIMIT);
      }
    } catch (StateException e) {
      return filedByAnother(binding, decided, e);
    }
    try {
      listener.requested(request);
    } catch (RuntimeException | Error e) {
      log.error("approval {}: the listener failed; the call waits", request.id(), e);
    }
    return new Decision.NeedsApproval(decided.basis(), demands, request.id());
  }

  /** Of several that ask for the same call at once one is filed; the others wait under its id. */
  private Decision filedByAnother(CallBinding binding, Decision decided, StateException e) {
    ApprovalStore.Stored other =
        store
            .findSame(binding)
            .filter(stored -> stored.request().state() == ApprovalState.PENDING)
            .filter(stored -> stored.request().call().equals(binding))
            .orElseThrow(() -> e);
    return new Decision.NeedsApproval(
        decided.basis(), Decision.obligations(decided), other.request().id());
  }

  private Decision claim(ToolCall call, ApprovalStore.Stored stored, Decision decided) {
    ApprovalRequest request = stored.request();
    Instant now = clock.now();
    if (request.fromTheFuture(now)) {
      return deny(decided, ReasonCode.CLOCK_SET_BACK);
    }
    ReasonCode ended = ended(request, now);
    if (ended != null) {
      return deny(decided, ended);
    }
    if (request.state() == ApprovalState.PENDING) {
      return new Decision.NeedsApproval(
          decided.basis(), Decision.obligations(decided), request.id());
    }
    // Asked again, the policy may want more than when the question was filed.
    if (byOther(decided) && request.approver().equals(request.call().subject())) {
      return deny(decided, ReasonCode.APPROVER_IS_SUBJECT);
    }
    if (!request.approverRoles().containsAll(byRoles(decided))) {
      return deny(decided, ReasonCode.APPROVER_ROLE_MISSING);
    }
    if (!store.replace(stored, request.now(ApprovalState.USED))) {
      return deny(decided, ReasonCode.APPROVAL_USED); // somebody else was faster
    }
    if (!recorded(
        call, request.call(), new AuditRecord.ApprovalUsed(request.id(), request.approver()))) {
      return deny(decided, ReasonCode.AUDIT_UNAVAILABLE);
    }
    List<Obligation> obligations = new ArrayList<>(Decision.obligations(decided));
    obligations.add(new Obligation.ApprovedUntil(request.expiresAt()));
    return new Decision.Permit(decided.basis(), obligations);
  }

  private static @Nullable ReasonCode ended(ApprovalRequest request, Instant now) {
    return switch (request.state()) {
      case REJECTED -> ReasonCode.APPROVAL_REJECTED;
      case USED -> ReasonCode.APPROVAL_USED;
      case REVOKED -> ReasonCode.APPROVAL_REVOKED;
      case PENDING, APPROVED -> request.expired(now) ? ReasonCode.APPROVAL_EXPIRED : null;
    };
  }

  /**
   * The yes that this very call has and that could be used now; {@code null} if it has none.
   *
   * @param revision the revision of the policies that would use it
   * @throws StateException if the store cannot be read
   */
  public @Nullable ApprovalRequest given(ToolCall call, String revision) {
    Task task = call.task();
    if (task == null) {
      return null;
    }
    CallBinding binding = CallBinding.of(call, task, revision);
    String id = call.approval();
    Instant now = clock.now();
    return (id == null ? store.findSame(binding) : store.find(binding.tenant(), id))
        .map(ApprovalStore.Stored::request)
        .filter(request -> request.call().differs(binding) == null)
        .filter(request -> request.state() == ApprovalState.APPROVED)
        .filter(request -> !request.expired(now) && !request.fromTheFuture(now))
        .orElse(null);
  }

  /** Whether a person has said yes to this very call, and it has not run yet. */
  public boolean approved(ToolCall call) {
    Task task = call.task();
    return task != null && approved(call, () -> store.findSame(CallBinding.of(call, task, "")));
  }

  /** Whether an approval that was filed a moment ago has been answered by now. */
  public boolean approved(ToolCall call, String id) {
    Task task = call.task();
    return task != null && approved(call, () -> store.find(task.conversation().tenant(), id));
  }

  private static boolean approved(
      ToolCall call, Supplier<Optional<ApprovalStore.Stored>> question) {
    try {
      return question
          .get()
          .filter(stored -> stored.request().state() == ApprovalState.APPROVED)
          .isPresent();
    } catch (StateException e) {
      log.error("approval: the store failed for call {}; it counts as not approved", call.id(), e);
      return false;
    }
  }

  private static boolean byOther(Decision decided) {
    return Decision.obligations(decided).stream()
        .anyMatch(Obligation.ApprovedByOther.class::isInstance);
  }

  /** All of them: of several permits each may name another. */
  private static Set<String> byRoles(Decision decided) {
    return Decision.obligations(decided).stream()
        .filter(Obligation.ApprovedByRole.class::isInstance)
        .map(obligation -> ((Obligation.ApprovedByRole) obligation).role())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The approval that let the policy permit. What needs one anyway finds it by itself. */
  private static @Nullable String read(Decision decided) {
    return decided instanceof Decision.Permit permit
        ? permit.obligations().stream()
            .filter(Obligation.UseApproval.class::isInstance)
            .map(obligation -> ((Obligation.UseApproval) obligation).approval())
            .findFirst()
            .orElse(null)
        : null;
  }

  private static CallBinding binding(ToolCall call, Task task, Decision decided) {
    return CallBinding.of(call, task, decided.basis().revision());
  }

  private static Decision deny(Decision decided, ReasonCode reason) {
    return new Decision.Deny(decided.basis(), reason);
  }

  private boolean recorded(ToolCall call, CallBinding binding, AuditRecord record) {
    try {
      audit.append(
          List.of(
              new AuditEntry(
                  clock.now(), binding.tenant(), binding.taskId(), call.id(), "", record)));
      return true;
    } catch (AuditException | RuntimeException | Error e) {
      log.error("audit: an approval of call {} could not be written", call.id(), e);
      return false;
    }
  }
}
