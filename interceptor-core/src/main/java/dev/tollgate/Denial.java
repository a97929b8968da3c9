package dev.tollgate;

import dev.tollgate.reason.ReasonCode;

/**
 * What the outside learns of a denied call.
 *
 * @param reason why
 * @param decisionId the id to look up in the audit
 */
public record Denial(ReasonCode reason, String decisionId) {

  /** The plain denial that a model gets as the tool's result: no policy, no stack trace. */
  public String forModel() {
    return "{\"error\":\"denied\",\"reason_code\":\""
        + reason.code()
        + "\",\"decision_id\":\""
        + decisionId
        + "\"}";
  }
}
