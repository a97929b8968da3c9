package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.author.Finding;
import dev.tollgate.cedar.author.PolicyLint;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the check claims of generated policies is what Cedar does with generated calls. */
class LintProofTest {
  private static final int SETS = 6;
  private static final int TRIED = 3;
  private static final int REQUESTS = 60;

  @Test
  void noClaimIsEverContradictedByADecision() {
    int shadowed = 0;
    int redundant = 0;
    for (int seed = 1; seed <= SETS; seed++) {
      Random random = new Random(seed);
      CedarPolicySet set = CedarPolicySet.of("test.cedar", Generated.policies(random, 25));
      LoadedPolicies whole = LoadedPolicies.load(set, Office.MANIFEST);
      Map<PolicyRequest, Decision> decisions = new LinkedHashMap<>();
      for (int i = 0; i < REQUESTS; i++) {
        PolicyRequest request = Generated.request(random);
        decisions.put(request, whole.decide(request.tool(), Question.of(request)));
      }
      int tried = 0;
      for (Finding finding : PolicyLint.check(set, Office.MANIFEST)) {
        String policy = String.valueOf(finding.policy());
        if (finding.kind() == Finding.Kind.SHADOWED) {
          shadowed++;
          assertThat(decisions.values())
              .as("seed %d, %s", seed, finding)
              .noneMatch(
                  one ->
                      !(one instanceof Decision.Deny) && one.basis().policies().contains(policy));
        } else if (finding.kind() == Finding.Kind.REDUNDANT && tried++ < TRIED) {
          redundant++;
          LoadedPolicies less = without(policy, whole);
          decisions.forEach(
              (request, decision) ->
                  assertThat(Office.outcome(less.decide(request.tool(), Question.of(request))))
                      .as("%s, %s", finding, request)
                      .isEqualTo(Office.outcome(decision)));
        }
      }
    }
    // The comparison says something only if there were claims.
    assertThat(shadowed).isGreaterThan(5);
    assertThat(redundant).isGreaterThan(5);
  }

  private static LoadedPolicies without(String policy, LoadedPolicies whole) {
    StringBuilder rest = new StringBuilder();
    for (PolicySummary one : whole.policies()) {
      if (!one.id().equals(policy)) {
        rest.append(one.text()).append('\n');
      }
    }
    return LoadedPolicies.load(CedarPolicySet.of("test.cedar", rest.toString()), Office.MANIFEST);
  }
}
