package dev.tollgate;

import dev.tollgate.reason.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What the outside learns of a denied call.
 *
 * @param reason why
 * @param decisionId the id to look up in the audit
 * @param approvalId the approval to ask a person for; {@code null} where none would help
 */
public record Denial(ReasonCode reason, String decisionId, @Nullable String approvalId) {

  /** A denial that no approval would lift. */
  public Denial(ReasonCode reason, String decisionId) {
    this(reason, decisionId, null);
  }

  /** The plain denial that a model gets as the tool's result: no policy, no stack trace. */
  public String forModel() {
    return "{\"error\":\"denied\",\"reason_code\":\""
        + reason.code()
        + "\",\"decision_id\":\""
        + decisionId
        + (approvalId == null ? "" : "\",\"approval_id\":\"" + approvalId)
        + "\"}";
  }
}
