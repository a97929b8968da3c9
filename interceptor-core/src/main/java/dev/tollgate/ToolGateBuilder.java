package dev.tollgate;

import dev.tollgate.approval.ApprovalListener;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.approval.StateApprovalStore;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.NoAudit;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.key.Sealing;
import dev.tollgate.policy.NoPolicy;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Puts a gate together. What is left out is closed: without a policy or an audit every call is
 * denied.
 */
public final class ToolGateBuilder {
  PolicyDecisionPoint policy = new NoPolicy();
  boolean policyMissing;
  AuditSink audit = new NoAudit();
  ToolManifest manifest = ToolManifest.empty();
  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  GateClock clock = GateClock.system();
  GateLimits limits = GateLimits.DEFAULT;
  @Nullable AgentIdentity agent;
  String environment = "unspecified";
  boolean observe;
  boolean questions;
  @Nullable CredentialIssuer issuer;
  @Nullable RevocationOutbox outbox;
  @Nullable Caller caller;
  Supplier<@Nullable Caller> callers = () -> null;
  @Nullable StateStore state;
  private @Nullable ApprovalStore approvalStore;
  GuardSettings guard = GuardSettings.DEFAULT;
  @Nullable Integer pendingApprovals;
  Duration approvalLifetime = Duration.ofMinutes(10);
  ApprovalListener approvalListener = request -> {};
  String trustDomain = "tollgate";
  final List<String> unprotected = new ArrayList<>();
  private final List<UnaryOperator<PolicyDecisionPoint>> aroundPolicy = new ArrayList<>();
  final List<AutoCloseable> closedAfter = new ArrayList<>();
  private @Nullable KeySource keys;

  ToolGateBuilder() {}

  public ToolGateBuilder policy(PolicyDecisionPoint value) {
    this.policy = value;
    return this;
  }

  public ToolGateBuilder audit(AuditSink value) {
    this.audit = value;
    return this;
  }

  public ToolGateBuilder manifest(ToolManifest value) {
    this.manifest = value;
    return this;
  }

  /** Where keys come from. Required. */
  public ToolGateBuilder keys(KeySource value) {
    this.keys = value;
    return this;
  }

  /** Where call credentials come from, and where their revocation is made sure of. */
  public ToolGateBuilder credentials(CredentialIssuer from, RevocationOutbox pending) {
    this.issuer = from;
    this.outbox = pending;
    return this;
  }

  public ToolGateBuilder openTelemetry(OpenTelemetry value) {
    this.openTelemetry = value;
    return this;
  }

  public ToolGateBuilder clock(GateClock value) {
    this.clock = value;
    return this;
  }

  public ToolGateBuilder limits(GateLimits value) {
    this.limits = value;
    return this;
  }

  /** Who acts, whatever the framework calls its agents. */
  public ToolGateBuilder agent(AgentIdentity value) {
    this.agent = value;
    return this;
  }

  /** On whose behalf tasks run that have no caller: for applications with one user. */
  public ToolGateBuilder defaultCaller(Caller value) {
    this.caller = value;
    return this;
  }

  /**
   * Who is signed in where a task starts, if no {@link Caller} is open there; {@code null} leaves
   * it to the default caller. With a {@link dev.tollgate.task.NotSignedInException} the task is
   * nobody's.
   */
  public ToolGateBuilder callers(Supplier<@Nullable Caller> value) {
    this.callers = value;
    return this;
  }

  /**
   * Puts something around the policy, whichever is set in the end; several lie around each other in
   * order.
   */
  public ToolGateBuilder aroundPolicy(UnaryOperator<PolicyDecisionPoint> value) {
    this.aroundPolicy.add(value);
    return this;
  }

  /** Such as {@code production}; policies see it. */
  public ToolGateBuilder environment(String value) {
    this.environment = value;
    return this;
  }

  /**
   * Where approvals, budgets, revocations and replay caches are kept. In memory if it is left out;
   * whoever hands one over closes it after the gate.
   */
  public ToolGateBuilder state(StateStore value) {
    this.state = value;
    return this;
  }

  /**
   * Says that something which decides what is permitted lies where this process can write: it is
   * counted and goes on record.
   */
  public ToolGateBuilder unprotected(String place) {
    this.unprotected.add(place);
    return this;
  }

  /** Closed when the gate is, after it. */
  public ToolGateBuilder closeAfter(AutoCloseable value) {
    this.closedAfter.add(value);
    return this;
  }

  /** Loops, budgets and rate limits. */
  public ToolGateBuilder guard(GuardSettings value) {
    this.guard = value;
    return this;
  }

  /**
   * Lets people approve calls. Without this, what needs approval is denied. Needs a key for {@link
   * KeyPurpose#APPROVAL}.
   *
   * @param pending how many calls of one subject may wait, 1 or more
   * @param lifetime how long a call waits for an answer, and the answer for its use
   */
  public ToolGateBuilder approvals(int pending, Duration lifetime) {
    this.pendingApprovals = pending;
    this.approvalLifetime = lifetime;
    return this;
  }

  /**
   * Keeps approvals somewhere else than in the gate's state. Used where {@link #approvals} lets
   * people approve at all; the store itself bounds how many may wait.
   */
  public ToolGateBuilder approvalStore(ApprovalStore value) {
    this.approvalStore = value;
    return this;
  }

  /** Who is told of calls that wait. */
  public ToolGateBuilder approvalListener(ApprovalListener value) {
    this.approvalListener = value;
    return this;
  }

  /** Within which delegations are understood: the same for gates that hand work to each other. */
  public ToolGateBuilder trustDomain(String value) {
    this.trustDomain = value;
    return this;
  }

  /** Decides and records, but lets calls run that were denied for an {@code observable} reason. */
  public ToolGateBuilder observe(boolean value) {
    this.observe = value;
    return this;
  }

  /**
   * Records each question to the policy beside its answer, so that other policies can be asked the
   * same later; {@code false} if it is left out. What a model wrote is recorded as a digest.
   */
  public ToolGateBuilder recordQuestions(boolean value) {
    this.questions = value;
    return this;
  }

  /**
   * Makes the gate.
   *
   * @throws IllegalStateException without keys
   */
  public ToolGate build() {
    policyMissing = policy instanceof NoPolicy; // whatever is put around it
    aroundPolicy.forEach(around -> policy = around.apply(policy));
    aroundPolicy.clear();
    return new ToolGate(this);
  }

  /** Where approvals are kept; {@code null} if nobody is asked. */
  @Nullable ApprovalStore approvalStore(StateStore state, KeyedDigest digest) {
    if (pendingApprovals == null) {
      return null;
    }
    return approvalStore == null
        ? new StateApprovalStore(
            state, Sealing.of(keySource(), KeyPurpose.APPROVAL), digest, clock, pendingApprovals)
        : approvalStore;
  }

  KeySource keySource() {
    if (keys == null) {
      throw new IllegalStateException(
          "a gate needs keys for its digests: ToolGate.builder().keys(…) or tollgate.keys.file");
    }
    return keys;
  }

  SecretKey digestKey() {
    return keySource().secrets(KeyPurpose.DIGEST).get(0).toSecretKey("HmacSHA256");
  }
}
