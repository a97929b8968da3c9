package dev.tollgate.springai.coverage;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JsonSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.context.ApplicationContext;

/** Tools that the application serves over MCP, called over HTTP. */
final class McpServers {
  @SuppressWarnings("deprecation")
  private static final JsonSchema SCHEMA =
      new JsonSchema("object", Map.of("what", Map.of("type", "string")), null, null, null, null);

  private McpServers() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String protocol : List.of("STREAMABLE", "STATELESS")) {
      for (String type : List.of("SYNC", "ASYNC")) {
        String server =
            "MCP server, "
                + (protocol.equals("STATELESS") ? "stateless " : "")
                + type.toLowerCase(Locale.ROOT);
        routes.add(served(server + ": @Tool", type, protocol, ServedTools.CALLBACK));
        if (Line.annotates()) {
          routes.add(served(server + ": @McpTool", type, protocol, ServedTools.ANNOTATED));
        }
      }
    }
    routes.add(
        added(
            "MCP server: addTool at run time",
            Route.Layer.ASPECTJ,
            ServedTools.ADDED,
            (server, stage) ->
                server
                    .getBean(McpSyncServer.class)
                    .addTool(specification(stage, ServedTools.ADDED))));
    routes.add(
        added(
            "MCP server: addTool at run time, of a ToolCallback",
            Route.Layer.ASPECTJ,
            ServedTools.ADDED_CALLBACK,
            (server, stage) ->
                server
                    .getBean(McpSyncServer.class)
                    .addTool(
                        McpToolUtils.toSyncToolSpecification(
                            Deed.own(ServedTools.ADDED_CALLBACK, () -> stage.current().body())))));
    return routes;
  }

  /** The tool is added once, when the first trial comes. */
  static Route added(
      String path, Route.Layer layer, String tool, BiConsumer<ApplicationContext, Stage> add) {
    return Route.of(
        path,
        layer,
        (trial, streamed) -> {
          ApplicationContext server = trial.stage().server("SYNC", "STREAMABLE");
          if (server.getBean(McpSyncServer.class).listTools().stream()
              .noneMatch(known -> known.name().equals(tool))) {
            add.accept(server, trial.stage());
          }
          call(trial, server, tool);
        });
  }

  private static Route served(String path, String type, String protocol, String tool) {
    return Route.of(
        path,
        Route.Layer.MCP_SERVER,
        (trial, streamed) -> call(trial, trial.stage().server(type, protocol), tool));
  }

  private static void call(Trial trial, ApplicationContext server, String tool) throws Exception {
    int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    McpCaller caller = new McpCaller(port);
    trial.arm();
    String answer = caller.call(tool);
    if (!answer.contains("\"result\"")) {
      throw new IllegalStateException("the server failed: " + answer);
    }
  }

  /** Deprecated on the new line, and what the old one has. */
  @SuppressWarnings("deprecation")
  static SyncToolSpecification specification(Stage stage, String name) {
    return SyncToolSpecification.builder()
        .tool(Tool.builder().name(name).description("Does it").inputSchema(SCHEMA).build())
        .callHandler(
            (exchange, request) ->
                CallToolResult.builder().addTextContent(stage.current().body()).build())
        .build();
  }
}
