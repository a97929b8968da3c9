package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.langchain4j.WovenClients;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Every call of an MCP server's tool, at the client. */
public final aspect ClientCalls {
  pointcut withContext(McpClient client, ToolExecutionRequest request, InvocationContext context):
      execution(ToolExecutionResult McpClient+.executeTool(ToolExecutionRequest, InvocationContext))
      && this(client) && args(request, context);

  pointcut plain(McpClient client, ToolExecutionRequest request):
      execution(ToolExecutionResult McpClient+.executeTool(ToolExecutionRequest))
      && this(client) && args(request);

  @SuppressAjWarnings("adviceDidNotMatch")
  ToolExecutionResult around(McpClient client, ToolExecutionRequest request, InvocationContext context):
      withContext(client, request, context) && if (!ActiveCall.continues(client, request)) {
    return WovenClients.executeTool(client, request, context, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest decided) {
        return proceed(client, decided, context);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  ToolExecutionResult around(McpClient client, ToolExecutionRequest request):
      plain(client, request) && if (!ActiveCall.continues(client, request)) {
    return WovenClients.executeTool(client, request, null, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest decided) {
        return proceed(client, decided);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  ToolExecutionResult around(McpClient client, ToolExecutionRequest request):
      (withContext(client, request, *) || plain(client, request))
      && if (ActiveCall.continues(client, request)) {
    ActiveCall step = ActiveCall.step(client, request);
    try {
      return proceed(client, request);
    } finally {
      step.close();
    }
  }
}
