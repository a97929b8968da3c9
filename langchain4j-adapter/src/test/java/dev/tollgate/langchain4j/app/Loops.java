package dev.tollgate.langchain4j.app;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;

/** What an application writes that does without AI services. */
public final class Loops {
  private Loops() {}

  public static ToolExecutor executor(Object tools, String name) {
    return ToolService.findTools(tools).stream()
        .filter(tool -> tool.name().equals(name))
        .map(AiServiceTool::toolExecutor)
        .findFirst()
        .orElseThrow();
  }

  public static String run(ToolExecutor executor, ToolExecutionRequest request) {
    return executor.execute(request, "default");
  }

  public static ToolExecutionResult runWithContext(
      ToolExecutor executor, ToolExecutionRequest request) {
    return executor.executeWithContext(request, InvocationContext.builder().build());
  }

  /** An executor that hands its request on. */
  public static ToolExecutor around(ToolExecutor inner) {
    return (request, memoryId) -> inner.execute(request, memoryId);
  }

  /** An executor that tries again. */
  public static ToolExecutor twice(ToolExecutor inner) {
    return (request, memoryId) ->
        inner.execute(request, memoryId) + ", " + inner.execute(request, memoryId);
  }

  /** An executor that does something else besides. */
  public static ToolExecutor besides(ToolExecutor other, ToolExecutionRequest its) {
    return (request, memoryId) -> "done, and " + other.execute(its, memoryId);
  }

  public static ToolExecutor of(Object object, ToolExecutionRequest request) {
    return new DefaultToolExecutor(object, request);
  }
}
