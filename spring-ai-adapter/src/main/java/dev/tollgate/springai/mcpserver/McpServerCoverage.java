package dev.tollgate.springai.mcpserver;

import static dev.tollgate.spring.CoveredPath.covered;
import static dev.tollgate.spring.CoveredPath.escapes;
import static dev.tollgate.spring.CoveredPath.uncovered;

import dev.tollgate.json.Shown;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import dev.tollgate.springai.weave.Weaving;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import reactor.core.publisher.Flux;

/** Compares the tools that this application's MCP servers offer with those that are guarded. */
final class McpServerCoverage implements CoveredPaths {
  private final ConfigurableListableBeanFactory beans;
  private final GuardedMcp guarded;

  McpServerCoverage(ConfigurableListableBeanFactory beans, GuardedMcp guarded) {
    this.beans = beans;
    this.guarded = guarded;
  }

  @Override
  public String framework() {
    return "Spring AI";
  }

  @Override
  public List<CoveredPath> paths() {
    List<CoveredPath> paths = new ArrayList<>();
    servers(McpSyncServer.class, McpSyncServer::listTools, paths);
    servers(McpAsyncServer.class, server -> collected(server.listTools()), paths);
    servers(McpStatelessSyncServer.class, McpStatelessSyncServer::listTools, paths);
    servers(McpStatelessAsyncServer.class, server -> collected(server.listTools()), paths);
    if (!paths.isEmpty()) {
      String added = "tools that are added to a running MCP server";
      paths.add(
          Weaving.active()
              ? covered(added, "by the weaver")
              : escapes(added, "otherwise than by GuardedMcp.addTool"));
    }
    return paths;
  }

  private <T> void servers(
      Class<T> type, Function<T, List<McpSchema.Tool>> tools, List<CoveredPath> into) {
    for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
      // Not made by looking: what is lazy gets its tools from the same beans.
      if (!beans.containsLocalBean(name) || beans.containsSingleton(name)) {
        into.add(path("MCP server " + name, beans.getBean(name, type), tools));
      }
    }
  }

  private <T> CoveredPath path(String path, T server, Function<T, List<McpSchema.Tool>> tools) {
    List<McpSchema.Tool> offered;
    try {
      offered = tools.apply(server);
    } catch (RuntimeException e) {
      return uncovered(path, "does not say which tools it has: " + e.getClass().getName());
    }
    List<String> strays =
        offered.stream()
            .filter(tool -> !guarded.knows(tool))
            .map(tool -> Shown.text(tool.name()))
            .toList();
    return strays.isEmpty()
        ? covered(path, "tools guarded: " + offered.size())
        : uncovered(
            path,
            "offers tools whose specifications were no beans: "
                + String.join(", ", strays)
                + ". Add them with GuardedMcp.guard(…)");
  }

  private static List<McpSchema.Tool> collected(Flux<McpSchema.Tool> tools) {
    List<McpSchema.Tool> all = tools.collectList().block();
    return all == null ? List.of() : all;
  }
}
