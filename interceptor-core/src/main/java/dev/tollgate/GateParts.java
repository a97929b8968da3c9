package dev.tollgate;

import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalStage;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.audit.MeteredSink;
import dev.tollgate.audit.RecordOutcome;
import dev.tollgate.credential.LeaseCredential;
import dev.tollgate.delegation.DelegationBudget;
import dev.tollgate.delegation.DelegationStage;
import dev.tollgate.delegation.Delegations;
import dev.tollgate.destination.TrustZones;
import dev.tollgate.guard.Budgets;
import dev.tollgate.guard.GuardStage;
import dev.tollgate.guard.KillSwitch;
import dev.tollgate.guard.Revocations;
import dev.tollgate.guard.SpendBudget;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyStage;
import dev.tollgate.policy.RaisedEffects;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.IntentStage;
import dev.tollgate.telemetry.GateTelemetry;
import dev.tollgate.tool.ArgumentsStage;
import dev.tollgate.tool.DefinitionStage;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gate's parts, put together once: both chains stand here, in the order of the picture. */
final class GateParts {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Decision OPEN = Decision.permit(Basis.of("gate"));
  private static final Decision CLOSED = Decision.deny("gate", ReasonCode.GATE_CLOSED);

  final AdmissionChain admission;
  final List<ExecutionInterceptor> execution;
  final LastCheck lastCheck;
  final CallFactory factory;
  final GateTelemetry telemetry;
  final MeteredSink audit;
  final GateClock clock;
  final GateLimits limits;
  final boolean observe;
  final Revocations revocations;
  final KillSwitch killSwitch;
  final Delegations delegations;
  final Budgets budgets;
  final @Nullable ApprovalDesk approvals;
  final BooleanSupplier closed;
  final PolicyDecisionPoint policy;
  final boolean policyMissing;
  final TrustZones zones;
  final AskedQuestions questions;
  final OfferedTools offered;
  final LeaseCredential credentials;
  final PolicyRecords policyRecords;
  private final List<AutoCloseable> closedAfter;

  GateParts(ToolGateBuilder given, BooleanSupplier closed) {
    this.closed = closed;
    this.clock = given.clock;
    this.limits = given.limits;
    this.observe = given.observe;
    this.policy = given.policy;
    this.policyMissing = given.policyMissing;
    this.offered = new OfferedTools(given.policy, given.observe);
    this.zones = given.manifest.zones();
    this.closedAfter = List.copyOf(given.closedAfter);
    this.telemetry = new GateTelemetry(given.openTelemetry);
    this.audit = new MeteredSink(given.audit, telemetry);
    this.policyRecords = new PolicyRecords(audit, telemetry, clock, closed);
    given.policy.listen(policyRecords);
    given.unprotected.forEach(policyRecords::unprotected);
    KeyedDigest digest = new KeyedDigest(given.digestKey());
    this.factory = new CallFactory(given, audit, digest);
    this.questions = new AskedQuestions(digest, given.questions);
    this.credentials = new LeaseCredential(given.issuer, given.outbox, telemetry, clock);

    StateStore state = given.state == null ? new InMemoryStateStore(clock) : given.state;
    this.revocations = new Revocations(state, clock, limits.task());
    this.budgets = new Budgets(state, given.guard.limits(), limits.task());
    this.delegations = new Delegations(given.keySource(), given.trustDomain, state, audit, clock);
    DelegationBudget handedOver = new DelegationBudget(state, clock);
    DelegationStage delegation = new DelegationStage(given.keySource(), clock, handedOver);
    ApprovalStore store = given.approvalStore(state, digest);
    ApprovalDesk desk =
        store == null
            ? null
            : new ApprovalDesk(store, credentials.issued()::contains, audit, clock);
    this.approvals = desk;
    this.killSwitch =
        new KillSwitch(revocations, target -> desk == null ? 0 : desk.revoke(target), audit, clock);
    this.lastCheck = new LastCheck(closed, given.policy, revocations, delegation, clock);

    // Observe mode lets run what needs approval: nobody is asked for nothing.
    ApprovalStage approval =
        store == null || observe
            ? null
            : new ApprovalStage(
                store, given.approvalListener, audit, clock, given.approvalLifetime);
    GuardStage guard =
        new GuardStage(
            given.guard,
            budgets,
            revocations,
            killSwitch,
            call -> approval != null && approval.approved(call),
            clock,
            observe);
    this.admission =
        new AdmissionChain(
            // The first deny is the answer. What can never be opened stands first, so that observe
            // mode cannot open it by way of a reason that can.
            List.of(
                (CallStage) this::whileOpen,
                new DefinitionStage(),
                new IntentStage(clock),
                delegation,
                guard,
                new ArgumentsStage(),
                new PolicyStage(
                    new RaisedEffects(given.policy),
                    clock,
                    call -> {
                      GateFacts known = new GateFacts(call, budgets, approval, given.policy);
                      return call.asked(new AskedFacts(known, call.task()));
                    },
                    questions::ask)),
            approval);
    this.execution =
        List.of(
            new RecordOutcome(digest, telemetry),
            lastCheck,
            new SpendBudget(budgets, handedOver::spend, observe),
            credentials);
  }

  private Decision whileOpen(ToolCall call) {
    return closed.getAsBoolean() ? CLOSED : OPEN;
  }

  void auditFailed(Throwable e) {
    telemetry.auditFailed();
    log.error("audit: no record could be written", e);
  }

  /** Ends them, when no call runs any more or five seconds have passed. */
  void close() {
    if (!revocations.awaitIdle(CLOSING)) {
      log.warn("closed with calls in flight; how they end will not be on record");
    }
    credentials.close();
    revocations.close();
    audit.close();
    for (AutoCloseable part : closedAfter) {
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} could not be closed", part.getClass().getName(), e);
      }
    }
  }
}
