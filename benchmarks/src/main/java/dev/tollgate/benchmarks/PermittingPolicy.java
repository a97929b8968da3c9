package dev.tollgate.benchmarks;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import java.util.Collections;
import java.util.List;

/** A policy that costs nothing: what is left is the gate. */
final class PermittingPolicy implements PolicyDecisionPoint {
  private static final Decision PERMIT =
      Decision.permit(new Basis("constant", "r1", List.of("permit-all")));

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    return Collections.nCopies(requests.size(), PERMIT);
  }

  @Override
  public String revision() {
    return "r1";
  }

  @Override
  public String name() {
    return "constant";
  }
}
