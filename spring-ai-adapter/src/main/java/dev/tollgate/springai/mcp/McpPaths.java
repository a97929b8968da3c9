package dev.tollgate.springai.mcp;

import static dev.tollgate.spring.CoveredPath.covered;
import static dev.tollgate.spring.CoveredPath.escapes;
import static dev.tollgate.spring.CoveredPath.noted;
import static dev.tollgate.spring.CoveredPath.uncovered;

import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import java.util.ArrayList;
import java.util.List;

/** What calls of MCP tools take along, by connection. */
final class McpPaths implements CoveredPaths {
  private final McpConnections connections;

  McpPaths(McpConnections connections) {
    this.connections = connections;
  }

  @Override
  public String framework() {
    return "Spring AI";
  }

  @Override
  public List<CoveredPath> paths() {
    List<CoveredPath> paths = new ArrayList<>();
    connections
        .prepared()
        .forEach(
            (name, without) ->
                paths.add(
                    without.isEmpty()
                        ? covered("MCP connection " + name, "credentials inside calls only")
                        : noted("MCP connection " + name, without)));
    for (String name : connections.missing()) {
      paths.add(uncovered("McpDelegation " + name, "there is no MCP connection of this name"));
    }
    paths.add(
        escapes(
            "MCP clients that code calls itself, and clients that McpConnections has not named",
            ""));
    return paths;
  }
}
