package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** That the benchmarks run and compare the same rules; not how fast. */
class PolicyBenchmarkTest {

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    ShortRun.shows(
        new OptionsBuilder().include(PolicyBenchmark.class.getName()).param("policies", "10"),
        "indexed",
        "unindexed",
        "handWritten",
        "load");
  }

  @Test
  void theRulesInJavaAnswerLikeThePolicies() {
    PolicyRequest asked = ScaledPolicies.request(10);
    for (PolicyRequest request : List.of(asked, at(asked, 2), at(asked, 23))) {
      Decision decision = ScaledPolicies.load(10).decide(List.of(request)).get(0);
      assertThat(new HandWrittenRules(10).permits(request))
          .isEqualTo(decision instanceof Decision.Permit);
    }
    assertThat(new HandWrittenRules(10).permits(at(asked, 2))).isFalse();
  }

  private static PolicyRequest at(PolicyRequest request, int hour) {
    return new PolicyRequest(
        request.callId(),
        request.task(),
        request.tool(),
        request.arguments(),
        request.at().plusSeconds((hour - 12) * 3600L),
        request.facts());
  }
}
