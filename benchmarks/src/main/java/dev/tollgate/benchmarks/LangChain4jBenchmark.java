package dev.tollgate.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the gate adds to one tool call of an AI service, with 200 bytes of arguments: LangChain4j's
 * executor bare, and the same executor as the framework gets it from the adapter. The difference is
 * the gate and the adapter; records and spans are made and then forgotten.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LangChain4jBenchmark {

  @Benchmark
  public String bare(Bare state) {
    return state.framework.call();
  }

  /** Parse, digest, guard, decide, trace, record, and the bare executor inside. */
  @Benchmark
  public String gated(Gated state) {
    return state.framework.call();
  }

  @State(Scope.Benchmark)
  public static class Bare {
    final MeasuredFramework framework = MeasuredFramework.bare();
  }

  @State(Scope.Benchmark)
  public static class Gated {
    final MeasuredFramework framework = MeasuredFramework.gated(new NullSink());

    @TearDown
    public void end() {
      framework.end();
    }
  }
}
