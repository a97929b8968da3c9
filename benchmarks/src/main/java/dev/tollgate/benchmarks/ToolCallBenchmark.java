package dev.tollgate.benchmarks;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.Durability;
import dev.tollgate.config.PolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * One tool call with 200 bytes of arguments: through the gate, and by LangChain4j's own executor
 * without it.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ToolCallBenchmark {

  /** Parse, digest, decide, trace, record with {@code durability=process}; the tool is empty. */
  @Benchmark
  public ToolResult gate(ProcessGate gate) {
    return gate.measured.call();
  }

  /** The same, decided by Cedar. */
  @Benchmark
  public ToolResult gateWithCedar(CedarGate gate) {
    return gate.measured.call();
  }

  /** The same with {@code durability=disk}: two waits for the disk. */
  @Benchmark
  public ToolResult gateOnDisk(DiskGate gate) {
    return gate.measured.call();
  }

  /** Without a gate: LangChain4j parses the arguments and calls a method by reflection. */
  @Benchmark
  public String langChain4jAlone(BareTool tool) {
    return tool.executor.executeWithContext(tool.request, tool.context).resultText();
  }

  /** A gate that lives as long as its trial. */
  public abstract static class GateState {
    final MeasuredGate measured;

    GateState(Durability durability, Function<ToolManifest, PolicyDecisionPoint> policy) {
      this.measured = new MeasuredGate(durability, policy);
    }

    @TearDown
    public void end() {
      measured.end();
    }
  }

  @State(Scope.Benchmark)
  public static class ProcessGate extends GateState {
    public ProcessGate() {
      super(Durability.PROCESS, manifest -> new PermittingPolicy());
    }
  }

  @State(Scope.Benchmark)
  public static class DiskGate extends GateState {
    public DiskGate() {
      super(Durability.DISK, manifest -> new PermittingPolicy());
    }
  }

  @State(Scope.Benchmark)
  public static class CedarGate extends GateState {
    public CedarGate() {
      super(Durability.PROCESS, CedarGate::cedar);
    }

    private static PolicyDecisionPoint cedar(ToolManifest manifest) {
      Settings settings = new Settings(Map.of("tollgate.policy.set", "permit-all"));
      for (PolicyProvider provider : ServiceLoader.load(PolicyProvider.class)) {
        if (provider.name().equals("cedar")) {
          return provider.create(settings, manifest);
        }
      }
      throw new IllegalStateException("tollgate-cedar is not on the class path");
    }
  }

  @State(Scope.Benchmark)
  public static class BareTool {
    final DefaultToolExecutor executor = new DefaultToolExecutor(new PayTool(), PayTool.method());
    final ToolExecutionRequest request =
        ToolExecutionRequest.builder()
            .id("call_1")
            .name(PayTool.NAME)
            .arguments(PayTool.ARGUMENTS)
            .build();
    final InvocationContext context = InvocationContext.builder().chatMemoryId("bench").build();
  }
}
