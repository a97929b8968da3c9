package dev.tollgate.config;

import dev.tollgate.approval.ApprovalListener;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.state.StateStore;
import dev.tollgate.tool.ToolManifest;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a gate that an application made itself; each takes the place of the one that settings
 * describe, and stays the application's to close after the gate. The exception is the audit, which
 * the gate closes. {@code null}: as the settings say.
 */
public record GivenParts(
    @Nullable PolicyDecisionPoint policy,
    @Nullable AuditSink audit,
    @Nullable KeySource keys,
    @Nullable ToolManifest manifest,
    @Nullable StateStore state,
    @Nullable CredentialIssuer issuer,
    @Nullable RevocationOutbox outbox,
    @Nullable ApprovalStore approvals,
    @Nullable ApprovalListener approvalListener) {

  /** Everything as the settings say. */
  public static final GivenParts NONE =
      new GivenParts(null, null, null, null, null, null, null, null, null);
}
