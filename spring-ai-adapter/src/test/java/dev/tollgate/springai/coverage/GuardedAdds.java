package dev.tollgate.springai.coverage;

import dev.tollgate.springai.mcpserver.GuardedMcp;
import io.modelcontextprotocol.server.McpSyncServer;
import java.util.List;

/** Tools that an application adds to a running server as it should. */
final class GuardedAdds {
  private GuardedAdds() {}

  static List<Route> routes() {
    return List.of(
        McpServers.added(
            "MCP server: GuardedMcp.addTool",
            Route.Layer.MCP_SERVER,
            ServedTools.ADDED_GUARDED,
            (server, stage) ->
                server
                    .getBean(GuardedMcp.class)
                    .addTool(
                        server.getBean(McpSyncServer.class),
                        McpServers.specification(stage, ServedTools.ADDED_GUARDED))));
  }
}
