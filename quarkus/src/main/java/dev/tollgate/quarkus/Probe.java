package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.quarkiverse.langchain4j.runtime.prompt.Mappable;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutor;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutorFactory;
import io.quarkiverse.langchain4j.runtime.tool.ToolInvoker;
import io.quarkiverse.langchain4j.runtime.tool.ToolMethodCreateInfo.ExecutionModel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call of a tool that must not run, through Quarkus' own executor. */
final class Probe {
  private Probe() {}

  /** What is wrong; {@code null} if the gate denied the call. */
  static @Nullable String failure(QuarkusToolExecutorFactory factory) {
    AtomicBoolean ran = new AtomicBoolean();
    QuarkusToolExecutor executor =
        factory.create(
            new QuarkusToolExecutor.Context(
                ran,
                Invoker.class.getName(),
                "probe",
                Arguments.class.getName(),
                ExecutionModel.NON_BLOCKING,
                ReturnBehavior.TO_LLM,
                false,
                null));
    ToolExecutionResult result =
        executor.executeWithContext(
            ToolExecutionRequest.builder().id("1").name("tollgate_probe").arguments("{}").build(),
            InvocationContext.builder().build());
    return ran.get() || !result.isError() ? "a probe call was not denied by the gate" : null;
  }

  /** What Quarkus generates for a {@code @Tool} method. */
  public static final class Invoker implements ToolInvoker {
    @Override
    public MethodMetadata methodMetadata() {
      return new MethodMetadata(true, Map.of(), null, null);
    }

    @Override
    public Object invoke(Object tool, Object[] params) {
      ((AtomicBoolean) tool).set(true);
      return "";
    }
  }

  /** What Quarkus generates for its arguments. */
  public static final class Arguments implements Mappable {
    @Override
    public Map<String, Object> obtainFieldValuesMap() {
      return Map.of();
    }
  }
}
