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
 * What the gate adds to one tool call of a chat client, with 200 bytes of arguments: Spring AI's
 * manager bare, and the same manager as the container hands it out with the adapter. The difference
 * is the gate and the adapter; records and spans are made and then forgotten.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpringAiBenchmark {

  @Benchmark
  public String bare(Bare state) {
    return state.manager.call();
  }

  /** Parse, digest, guard, decide, trace, record, and the bare manager inside. */
  @Benchmark
  public String gated(Gated state) {
    return state.manager.call();
  }

  @State(Scope.Thread)
  public static class Bare {
    final MeasuredTurn manager = MeasuredTurn.bare();
  }

  @State(Scope.Thread)
  public static class Gated {
    final MeasuredTurn manager = MeasuredTurn.gated(new NullSink());

    @TearDown
    public void end() {
      manager.end();
    }
  }
}
