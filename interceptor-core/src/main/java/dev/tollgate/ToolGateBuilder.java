package dev.tollgate;

import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.NoAudit;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.NoPolicy;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Puts a gate together. What is left out is closed: without a policy or an audit every call is
 * denied.
 */
public final class ToolGateBuilder {
  PolicyDecisionPoint policy = new NoPolicy();
  AuditSink audit = new NoAudit();
  ToolManifest manifest = ToolManifest.empty();
  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  GateClock clock = GateClock.system();
  GateLimits limits = GateLimits.DEFAULT;
  @Nullable AgentIdentity agent;
  String environment = "unspecified";
  boolean observe;
  @Nullable CredentialIssuer issuer;
  @Nullable RevocationOutbox outbox;
  @Nullable Caller caller;
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

  /** Where keys for digests come from. Required. */
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

  /** Such as {@code production}; policies see it. */
  public ToolGateBuilder environment(String value) {
    this.environment = value;
    return this;
  }

  /** Decides and records, but lets calls run that were denied for an {@code observable} reason. */
  public ToolGateBuilder observe(boolean value) {
    this.observe = value;
    return this;
  }

  /**
   * Makes the gate.
   *
   * @throws IllegalStateException without keys
   */
  public ToolGate build() {
    return new ToolGate(this);
  }

  SecretKey digestKey() {
    if (keys == null) {
      throw new IllegalStateException(
          "a gate needs keys for its digests: ToolGate.builder().keys(…) or tollgate.keys.file");
    }
    return keys.secrets(KeyPurpose.DIGEST).get(0).toSecretKey("HmacSHA256");
  }
}
