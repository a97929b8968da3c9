package dev.tollgate.springai.coverage;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.context.ApplicationContext;

/** The tool of an MCP server that is somebody else's, over HTTP. */
final class McpClients {
  private McpClients() {}

  static List<Route> routes() {
    return List.of(
        tool("SYNC", "sync"),
        tool("ASYNC", "async"),
        Route.of(
            "direct McpSyncClient.callTool",
            Route.Layer.NONE,
            (trial, streamed) -> {
              var client = client(trial, "SYNC", "mcpSyncClients", McpSyncClient.class);
              trial.inTask(
                  () -> {
                    trial.arm();
                    return client.callTool(request());
                  });
            }),
        Route.of(
            "direct McpAsyncClient.callTool",
            Route.Layer.NONE,
            (trial, streamed) -> {
              var client = client(trial, "ASYNC", "mcpAsyncClients", McpAsyncClient.class);
              trial.inTask(
                  () -> {
                    trial.arm();
                    return client.callTool(request()).block(Duration.ofSeconds(20));
                  });
            }));
  }

  private static Route tool(String type, String called) {
    return Route.of(
            "MCP tool, " + called + " client",
            Route.Layer.MANAGER,
            (trial, streamed) -> {
              ApplicationContext agents = trial.stage().agents(type);
              trial.modelActs(Remote.TOOL);
              Talk.with(
                  streamed,
                  agents.getBean(ChatClient.Builder.class).build(),
                  chat -> Talk.callbacks(chat, callbacks(agents)));
            })
        .streaming()
        .resumedWith(trial -> callbacks(trial.stage().agents(type)));
  }

  /** Deprecated on the new line, and what the old one has. */
  @SuppressWarnings("deprecation")
  private static CallToolRequest request() {
    return new CallToolRequest(Remote.TOOL, Map.of("what", "it"));
  }

  private static List<ToolCallback> callbacks(ApplicationContext agents) {
    return List.of(agents.getBean(ToolCallbackProvider.class).getToolCallbacks());
  }

  private static <C> C client(Trial trial, String type, String bean, Class<C> client) {
    List<?> clients = trial.stage().agents(type).getBean(bean, List.class);
    return client.cast(clients.get(0));
  }
}
