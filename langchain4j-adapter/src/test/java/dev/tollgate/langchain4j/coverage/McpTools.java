package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.resourcesastools.DefaultMcpResourcesAsToolsPresenter;
import java.util.List;

/** Tools and resources of an MCP server, as tools of an AI service and directly. */
final class McpTools {
  private McpTools() {}

  static List<Route> routes() {
    return List.of(
        Route.spi(
                "MCP tool",
                (trial, streamed) -> {
                  try (McpClient client = client(trial)) {
                    Talk.with(
                        streamed,
                        Script.acting(trial),
                        tools -> tools.toolProvider(provider(client)));
                  }
                })
            .streaming(),
        Route.spi(
                "MCP resource as tool",
                (trial, streamed) -> {
                  try (McpClient client = client(trial)) {
                    Talk.with(
                        streamed,
                        new Script()
                            .asks("list_resources", "{}")
                            .acts(
                                trial,
                                Script.call(
                                    "1",
                                    "get_resource",
                                    "{\"mcpServer\":\"coverage\",\"uri\":\"file:///a\"}")),
                        tools -> tools.toolProvider(provider(client)));
                  }
                })
            .streaming(),
        Route.aspect(
            "direct McpClient.executeTool",
            (trial, streamed) -> {
              try (McpClient client = client(trial)) {
                trial.inTask(
                    () -> {
                      trial.arm();
                      return client.executeTool(Script.call("1", Deed.NAME, Deed.ARGUMENTS));
                    });
              }
            }));
  }

  private static McpToolProvider provider(McpClient client) {
    return McpToolProvider.builder()
        .mcpClients(client)
        .resourcesAsToolsPresenter(DefaultMcpResourcesAsToolsPresenter.builder().build())
        .build();
  }

  private static McpClient client(Trial trial) {
    return DefaultMcpClient.builder()
        .key("coverage")
        .transport(new McpServer(trial))
        .autoHealthCheck(false)
        .build();
  }
}
