package dev.tollgate.benchmarks;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.tollgate.langchain4j.measured.WovenTool;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.langchain4j.weave.Weaving;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an aspect adds to a {@code @Tool} method whose call was decided on further out: {@link
 * #decided} less {@link #unwoven}. To be run from the project's folder, since the benchmarks' own
 * jar is the weaver.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-javaagent:benchmarks/target/benchmarks.jar")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class AspectBenchmark {
  private static final ToolExecutionRequest REQUEST =
      ToolExecutionRequest.builder().name("tool").arguments("{\"by\":1}").build();

  private final WovenTool tool = new WovenTool();
  private final DefaultToolExecutor executor = new DefaultToolExecutor(tool, REQUEST);
  private int by = 1;

  /** A benchmark of aspects that are not there would be a good one. */
  @Setup
  public void check() {
    boolean woven =
        Arrays.stream(WovenTool.class.getDeclaredMethods())
            .anyMatch(one -> one.getName().startsWith("tool_aroundBody"));
    if (!Weaving.active() || !woven) {
      throw new IllegalStateException("nothing is woven");
    }
  }

  /** The method alone. */
  @Benchmark
  public int method() {
    return tool.method(by);
  }

  /** What the gate does around every tool so that the aspects know of the call, woven or not. */
  @Benchmark
  public int unwoven() {
    try (ActiveCall call = ActiveCall.of(executor, REQUEST)) {
      return tool.method(by);
    }
  }

  /** The same around the woven method. */
  @Benchmark
  public int decided() {
    try (ActiveCall call = ActiveCall.of(executor, REQUEST)) {
      return tool.tool(by);
    }
  }
}
