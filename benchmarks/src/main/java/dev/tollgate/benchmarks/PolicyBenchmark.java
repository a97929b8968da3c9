package dev.tollgate.benchmarks;

import dev.tollgate.cedar.CedarPolicyDecisionPoint;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision at ten, a hundred and a thousand policies. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyBenchmark {

  /** Tollgate's decision point: the policies of the tool, the attributes they read, validated. */
  @Benchmark
  public List<Decision> indexed(Indexed state) {
    return state.decide();
  }

  /** Cedar's cached set and schema of all tools, the same context, validated. */
  @Benchmark
  public boolean unindexed(Unindexed state) {
    return state.cedar.permits();
  }

  /** What Cedar is compared with: the same rules in Java. */
  @Benchmark
  public boolean handWritten(HandWritten state) {
    return state.rules.permits(state.request);
  }

  /** Parse, check against the manifest, index and cache. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 2)
  @Measurement(iterations = 10)
  public CedarPolicyDecisionPoint load(Size size) {
    return ScaledPolicies.load(size.policies);
  }

  /** How many policies there are. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"10", "100", "1000"})
    int policies;
  }

  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls load before it measures
  public static class Indexed extends Size {
    private CedarPolicyDecisionPoint pdp;
    private List<PolicyRequest> question;

    @Setup
    public void load() {
      pdp = ScaledPolicies.load(policies);
      question = List.of(ScaledPolicies.request(policies));
      if (!(decide().get(0) instanceof Decision.Permit)) {
        throw new IllegalStateException("not permitted: " + decide());
      }
    }

    List<Decision> decide() {
      return pdp.decide(question);
    }
  }

  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls load before it measures
  public static class Unindexed extends Size {
    private UnindexedCedar cedar;

    @Setup
    public void load() {
      cedar = new UnindexedCedar(policies);
      if (!cedar.permits()) {
        throw new IllegalStateException("not permitted");
      }
    }
  }

  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls load before it measures
  public static class HandWritten extends Size {
    private HandWrittenRules rules;
    private PolicyRequest request;

    @Setup
    public void load() {
      rules = new HandWrittenRules(policies);
      request = ScaledPolicies.request(policies);
      if (!rules.permits(request)) {
        throw new IllegalStateException("not permitted");
      }
    }
  }
}
