package dev.tollgate;

import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalStage;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.audit.RecordOutcome;
import dev.tollgate.credential.LeaseCredential;
import dev.tollgate.delegation.DelegationBudget;
import dev.tollgate.delegation.DelegationStage;
import dev.tollgate.delegation.Delegations;
import dev.tollgate.guard.Budgets;
import dev.tollgate.guard.GuardStage;
import dev.tollgate.guard.KillSwitch;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.guard.Revocations;
import dev.tollgate.guard.SpendBudget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyStage;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.IntentStage;
import dev.tollgate.task.Task;
import dev.tollgate.telemetry.CallSpan;
import dev.tollgate.telemetry.GateTelemetry;
import dev.tollgate.tool.DefinitionStage;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate that every tool call passes.
 *
 * <pre>
 * ADMISSION  open ▸ definition ▸ intent ▸ delegation ▸ guard ▸ policy ▸ approval    one decision each
 * EXECUTION  trace ▸ audit ▸ last check ▸ budget ▸ credential ▸ [ tool ]
 * </pre>
 *
 * Thread-safe.
 */
public final class ToolGate implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Decision OPEN = Decision.permit(Basis.of("gate"));
  private static final Decision CLOSED = Decision.deny("gate", ReasonCode.GATE_CLOSED);
  private final AdmissionChain admission;
  private final List<ExecutionInterceptor> execution;
  private final LastCheck lastCheck;
  private final CallFactory factory;
  private final ToolManifest manifest;
  private final GateTelemetry telemetry;
  private final AuditSink audit;
  private final LeaseCredential credentials;
  private final GateClock clock;
  private final GateLimits limits;
  private final boolean observe;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<AutoCloseable> closedAfter;
  private final Revocations revocations;
  private final KillSwitch killSwitch;
  private final Delegations delegations;
  private final Budgets budgets;
  private final @Nullable ApprovalDesk approvals;

  ToolGate(ToolGateBuilder parts) {
    this.clock = parts.clock;
    this.limits = parts.limits;
    this.observe = parts.observe;
    this.manifest = parts.manifest;
    this.audit = parts.audit;
    this.telemetry = new GateTelemetry(parts.openTelemetry);
    KeyedDigest digest = new KeyedDigest(parts.digestKey());
    this.factory = new CallFactory(parts, digest);
    this.credentials = new LeaseCredential(parts.issuer, parts.outbox, telemetry, clock);
    StateStore state = parts.state == null ? new InMemoryStateStore(clock) : parts.state;
    this.closedAfter = List.copyOf(parts.closedAfter);
    this.revocations = new Revocations(state, clock, limits.task());
    this.delegations = new Delegations(parts.keySource(), parts.trustDomain, state, audit, clock);
    DelegationBudget handedOver = new DelegationBudget(state, clock);
    DelegationStage delegation = new DelegationStage(parts.keySource(), clock, handedOver);
    this.lastCheck = new LastCheck(this, parts.policy, revocations, delegation, clock);
    ApprovalStore store = parts.approvalStore(state, digest);
    this.approvals =
        store == null
            ? null
            : new ApprovalDesk(store, credentials.issued()::contains, audit, clock);
    this.budgets = new Budgets(state, parts.guard.limits(), limits.task());
    this.killSwitch = new KillSwitch(revocations, this::endApprovals, audit, clock);
    this.admission =
        new AdmissionChain(
            // The first deny is the answer. What can never be opened stands first, so that observe
            // mode cannot open it by way of a reason that can.
            List.of(
                this::whileOpen,
                new DefinitionStage(),
                new IntentStage(clock),
                delegation,
                new GuardStage(parts.guard, budgets, revocations, killSwitch, clock, observe),
                new PolicyStage(parts.policy, clock)),
            // Observe mode lets run what needs approval: nobody is asked for nothing.
            store == null || observe
                ? null
                : new ApprovalStage(
                    store, parts.approvalListener, audit, clock, parts.approvalLifetime));
    this.execution =
        List.of(
            new RecordOutcome(digest, telemetry),
            lastCheck,
            new SpendBudget(budgets, handedOver::spend, observe),
            credentials);
  }

  public static ToolGateBuilder builder() {
    return new ToolGateBuilder();
  }

  /** What the gate knows of a tool that the framework registered. */
  public Tool describe(ToolDefinition definition) {
    return manifest.describe(definition);
  }

  /**
   * Starts a task, with what the user asked for.
   *
   * @param intent the pristine words
   * @param agent what the framework calls its agent; a configured agent wins
   * @param caller on whose behalf; {@code null} for the open {@link Caller}, then the configured
   *     one
   * @param conversationId the framework's conversation id, {@code null} if it has none
   */
  public Task startTask(
      Intent intent,
      @Nullable AgentIdentity agent,
      @Nullable Caller caller,
      @Nullable String conversationId) {
    return factory.startTask(intent, agent, caller, conversationId);
  }

  /**
   * Makes a call of what a model proposed: parses the arguments, once. Never throws for what a
   * model wrote.
   */
  public ToolCall propose(Proposal proposal) {
    return factory.propose(proposal);
  }

  /**
   * Decides on calls that were proposed together, before any of them runs. One admission each, in
   * order.
   */
  public List<Admission> admit(List<ToolCall> calls) {
    List<Admission> admissions = decide(calls);
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      entries.addAll(factory.journalOf(admissions.get(i)).drain());
    }
    try {
      audit.append(entries);
      return admissions;
    } catch (AuditException | RuntimeException | Error e) {
      auditFailed(e);
      return List.copyOf(calls.stream().map(this::unrecorded).toList());
    }
  }

  /** Runs an admitted call, once; a refused one ends here, with its span. */
  public ToolResult execute(Admission admission, ToolBody body) {
    try (CallSpan span = telemetry.open(admission.call())) {
      return run(admission, body, span);
    }
  }

  /** {@link #admit} and {@link #execute} for one call. */
  public ToolResult call(ToolCall call, ToolBody body) {
    try (CallSpan span = telemetry.open(call)) {
      Admission admission = decide(List.of(call)).get(0);
      if (admission instanceof Refusal refusal) {
        try {
          factory.journalOf(refusal).flush();
        } catch (AuditException e) {
          auditFailed(e);
          admission = unrecorded(call);
        }
      }
      return run(admission, body, span);
    }
  }

  /**
   * Runs a call that waited for approval: the one that was stored, whatever a model says by now.
   * Everything is asked again, the policy too. It runs at most once, also if it is resumed twice.
   *
   * @param approvalId the id in the denial
   * @param caller the user whose call it was, with a token of its own for credentials
   * @param tool the tool, as the framework's registry has it now
   * @param body what runs
   * @return the result, or a denial; {@code approval_required} while nobody has answered
   */
  public ToolResult resume(String approvalId, Caller caller, Tool tool, ToolBody body) {
    ApprovalRequest request = stored(approvalId, caller);
    Task task =
        request == null
            ? factory.startTask(new Intent(Intent.Source.EVENT, ""), null, caller, null)
            : restored(request, caller);
    String arguments = request == null ? "" : request.arguments();
    Proposal proposal = new Proposal(task, tool, arguments, null, SpanOwner.GATE, approvalId);
    return call(propose(proposal), body);
  }

  /** Where people answer; {@code null} if this gate asks none. */
  public @Nullable ApprovalDesk approvals() {
    return approvals;
  }

  /** Hands parts of a task from one agent to another. */
  public Delegations delegations() {
    return delegations;
  }

  /** Revokes tasks, agents, subjects, tenants, delegations and leases. */
  public KillSwitch killSwitch() {
    return killSwitch;
  }

  /** Whether the gate was closed. A closed gate denies. */
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Denies from now on, waits up to five seconds for calls in flight, so that their ends are on
   * record, then ends the audit streams.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      if (!revocations.awaitIdle(CLOSING)) {
        log.warn("closed with calls in flight; how they end will not be on record");
      }
      credentials.close();
      revocations.close();
      audit.close();
      closedAfter.forEach(ToolGate::closeQuietly);
    }
  }

  private List<Admission> decide(List<ToolCall> calls) {
    long start = clock.nanos();
    List<Decision> decisions = admission.decide(calls);
    telemetry.decisionTook(clock.nanos() - start);
    List<Admission> admissions = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      telemetry.decided(decisions.get(i));
      admissions.add(admission(calls.get(i), decisions.get(i)));
    }
    return admissions;
  }

  private Admission admission(ToolCall call, Decision decision) {
    ReasonCode reason = reason(decision);
    boolean runs =
        call.arguments() instanceof Arguments.Parsed
            && (reason == null || (observe && reason.observable()));
    CallJournal journal = factory.journal(call, decision, reason, !runs || reason == null);
    if (runs && call.arguments() instanceof Arguments.Parsed parsed) {
      long expires = clock.nanos() + limits.admission().toNanos();
      return new AdmittedCall(this, call, parsed, decision, journal, expires);
    }
    ReasonCode why = reason == null ? ReasonCode.STAGE_FAILED : reason;
    budgets.denied(call.task());
    String approval = decision instanceof Decision.NeedsApproval needs ? needs.approvalId() : null;
    return new Refusal(call, decision, new Denial(why, call.id(), approval), journal);
  }

  /** An unresolved approval is a deny. */
  private static @Nullable ReasonCode reason(Decision decision) {
    if (decision instanceof Decision.Deny deny) {
      return deny.reason();
    }
    return decision instanceof Decision.NeedsApproval ? ReasonCode.APPROVAL_REQUIRED : null;
  }

  private ToolResult run(Admission admission, ToolBody body, CallSpan span) {
    span.decided(admission.decision());
    if (!(admission instanceof AdmittedCall admitted)) {
      return span.ended(new ToolResult.Denied(((Refusal) admission).denial()));
    }
    if (!admitted.madeBy(this) || !admitted.use()) {
      return span.ended(usedBefore(admitted.call()));
    }
    Dispatch dispatch = new Dispatch(lastCheck, body);
    revocations.enter(admitted.running()); // before the last check: what is revoked later sees it
    try {
      ToolResult result =
          withheld(admitted, new ExecutionChain(execution, 0, admitted, dispatch).proceed());
      if (result instanceof ToolResult.Denied) {
        budgets.denied(admitted.call().task());
      }
      return span.ended(result);
    } catch (RuntimeException | Error e) {
      ToolResult result = dispatch.result();
      if (result == null && dispatch.started()) {
        span.broke(e);
        throw e; // the tool's own Error, as the framework would have seen it
      }
      log.error("a stage failed around call {}", admitted.call().id(), e);
      // A tool that ran was not denied, whatever broke after it.
      Denial failed = new Denial(ReasonCode.STAGE_FAILED, admitted.call().id());
      return span.ended(
          result == null ? new ToolResult.Denied(failed) : withheld(admitted, result));
    } finally {
      revocations.leave(admitted.running());
    }
  }

  /** What a revoked call brought back does not reach the model. */
  private static ToolResult withheld(AdmittedCall admitted, ToolResult result) {
    return admitted.running().revokedInFlight() == null
        ? result
        : new ToolResult.Denied(new Denial(ReasonCode.REVOKED_IN_FLIGHT, admitted.call().id()));
  }

  /** The second use of an admission, or one of another gate: on record like every call. */
  private ToolResult usedBefore(ToolCall call) {
    CallJournal journal = factory.emptyJournal(call);
    journal.note(new AuditRecord.Refused(ReasonCode.ADMISSION_USED));
    try {
      journal.flush();
    } catch (AuditException e) {
      auditFailed(e);
    }
    return new ToolResult.Denied(new Denial(ReasonCode.ADMISSION_USED, call.id()));
  }

  private Refusal unrecorded(ToolCall call) {
    // A closed gate has closed its audit: that is the reason, and the audit's end only follows.
    ReasonCode reason = isClosed() ? ReasonCode.GATE_CLOSED : ReasonCode.AUDIT_UNAVAILABLE;
    Decision deny = Decision.deny("gate", reason);
    telemetry.decided(deny);
    return new Refusal(call, deny, new Denial(reason, call.id()), factory.emptyJournal(call));
  }

  private List<Decision> whileOpen(List<ToolCall> calls) {
    Decision decision = isClosed() ? CLOSED : OPEN;
    return calls.stream().map(call -> decision).toList();
  }

  private @Nullable ApprovalRequest stored(String approvalId, Caller caller) {
    try {
      return approvals == null ? null : approvals.find(caller.tenant(), approvalId).orElse(null);
    } catch (StateException e) {
      log.error("approval {} could not be read; it is not resumed", approvalId, e);
      return null; // and the approval stage denies what it cannot find
    }
  }

  private Task restored(ApprovalRequest request, Caller caller) {
    Task task = factory.restored(request, caller);
    String delegation = request.origin().delegation();
    return delegation.isEmpty() ? task : delegations.again(delegation, task);
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.warn("{} could not be closed", part.getClass().getName(), e);
    }
  }

  private int endApprovals(RevocationTarget target) {
    return approvals == null ? 0 : approvals.revoke(target);
  }

  private void auditFailed(Throwable e) {
    telemetry.auditFailed();
    log.error("audit: no record could be written", e);
  }
}
