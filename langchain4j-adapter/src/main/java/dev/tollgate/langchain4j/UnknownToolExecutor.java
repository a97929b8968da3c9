package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;

/** Answers for a name that a model made up: on record, and denied. */
record UnknownToolExecutor(Passage passage) implements GatedExecutor {

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext invocation) {
    ToolResult result =
        passage.pass(
            this,
            request,
            invocation,
            arguments -> {
              throw new IllegalStateException("there is no tool of this name to run");
            });
    return Passage.forModel(((ToolResult.Denied) result).denial());
  }

  @Override
  public Tool describedBy(ToolGate gate, String name) {
    return Tool.unknown(name, ToolOrigin.LANGCHAIN4J);
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    return executeWithContext(request, null).resultText();
  }
}
