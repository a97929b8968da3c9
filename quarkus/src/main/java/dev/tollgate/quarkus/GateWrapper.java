package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.langchain4j.HostedGate;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutor;
import io.quarkiverse.langchain4j.runtime.tool.ToolMethodCreateInfo;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every {@code @Tool} method passes here. The highest priority is the innermost place: what other
 * wrappers make of a request is decided on, and is what runs.
 */
@Singleton
@Priority(Integer.MAX_VALUE)
class GateWrapper implements QuarkusToolExecutor.Wrapper {
  private final HostedGate gate;

  @Inject
  GateWrapper(HostedGate gate) {
    this.gate = gate;
  }

  @Override
  public ToolExecutionResult wrap(
      ToolExecutionRequest request,
      InvocationContext invocation,
      BiFunction<ToolExecutionRequest, InvocationContext, ToolExecutionResult> run,
      QuarkusToolExecutor executor) {
    @Nullable ToolMethodCreateInfo method = executor.getMethodCreateInfo();
    ToolSpecification specification =
        method == null
            ? ToolSpecification.builder().name(request.name()).build()
            : method.toolSpecification();
    return gate.guard(specification, new Inner(run)).executeWithContext(request, invocation);
  }

  /** What Quarkus would have run. */
  private record Inner(BiFunction<ToolExecutionRequest, InvocationContext, ToolExecutionResult> run)
      implements ToolExecutor {
    @Override
    public ToolExecutionResult executeWithContext(
        ToolExecutionRequest request, InvocationContext invocation) {
      return run.apply(request, invocation);
    }

    @Override
    public String execute(ToolExecutionRequest request, Object memoryId) {
      return run.apply(request, InvocationContext.builder().chatMemoryId(memoryId).build())
          .resultText();
    }
  }
}
