package dev.tollgate.demo.control;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import java.util.List;

/** Policies that want each approval from somebody in particular. */
record FourEyes(PolicyDecisionPoint policies, Obligation who) implements PolicyDecisionPoint {
  /** From somebody other than the subject. */
  FourEyes(PolicyDecisionPoint policies) {
    this(policies, new Obligation.ApprovedByOther());
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    return policies.decide(requests).stream()
        .map(
            decision ->
                decision instanceof Decision.NeedsApproval needs
                    ? new Decision.NeedsApproval(needs.basis(), List.of(who))
                    : decision)
        .toList();
  }

  @Override
  public String revision() {
    return policies.revision();
  }

  @Override
  public String name() {
    return policies.name();
  }
}
