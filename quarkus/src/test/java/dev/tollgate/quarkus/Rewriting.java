package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutor;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A wrapper of the application's that runs something else than the model asked for. */
@Singleton
public class Rewriting implements QuarkusToolExecutor.Wrapper {
  static volatile @Nullable String arguments;

  @Override
  public ToolExecutionResult wrap(
      ToolExecutionRequest request,
      InvocationContext invocation,
      BiFunction<ToolExecutionRequest, InvocationContext, ToolExecutionResult> run,
      QuarkusToolExecutor executor) {
    String other = arguments;
    return run.apply(
        other == null ? request : request.toBuilder().arguments(other).build(), invocation);
  }
}
