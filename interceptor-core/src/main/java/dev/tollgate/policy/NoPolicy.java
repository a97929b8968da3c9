package dev.tollgate.policy;

import dev.tollgate.reason.ReasonCode;
import java.util.List;

/** What stands where no policy is configured: everything is denied. */
public final class NoPolicy implements PolicyDecisionPoint {
  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    return requests.stream().map(r -> Decision.deny(name(), ReasonCode.POLICY_MISSING)).toList();
  }

  @Override
  public String revision() {
    return "none";
  }

  @Override
  public String name() {
    return "none";
  }
}
