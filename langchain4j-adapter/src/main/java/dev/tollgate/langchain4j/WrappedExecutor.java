package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.langchain4j.weave.Wrapping;

/** What an application has put around an executor, and the executor, which knows its server. */
record WrappedExecutor(ToolExecutor wrapper, ToolExecutor wrapped)
    implements ToolExecutor, Wrapping {
  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext invocation) {
    return wrapper.executeWithContext(request, invocation);
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    return wrapper.execute(request, memoryId);
  }
}
