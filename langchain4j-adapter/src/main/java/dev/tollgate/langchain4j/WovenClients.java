package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.langchain4j.weave.Proceeding;
import org.jspecify.annotations.Nullable;

/**
 * Tools of MCP servers that are called past every executor. For the aspects, not for applications;
 * loaded only where there is an MCP client. Thread-safe.
 */
public final class WovenClients {
  private WovenClients() {}

  /** Decides on a call of a server's tool. */
  public static ToolExecutionResult executeTool(
      McpClient client,
      ToolExecutionRequest request,
      @Nullable InvocationContext invocation,
      Proceeding rest) {
    String name = String.valueOf((@Nullable Object) request.name());
    McpOrigin origin = McpOrigin.of(client, name);
    return WovenCalls.forFramework(
        WovenCalls.passage(origin.definition(name), origin, request, invocation)
            .pass(
                arguments -> {
                  ToolExecutionRequest decided = WovenCalls.decided(request, arguments);
                  try (ActiveCall call = ActiveCall.of(client, decided)) {
                    return WovenCalls.answer(origin, rest.with(decided));
                  }
                }));
  }
}
