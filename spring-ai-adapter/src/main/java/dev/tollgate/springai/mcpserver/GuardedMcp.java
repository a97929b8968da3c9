package dev.tollgate.springai.mcpserver;

import dev.tollgate.tool.McpToolList;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Guards the tools of MCP servers. Those that are beans are guarded already; this bean is for tools
 * that an application adds while it runs, which no container sees.
 *
 * <pre>
 * guardedMcp.addTool(server, specification);      // instead of server.addTool(specification)
 * </pre>
 *
 * What is guarded stays as it is when it is guarded again. Thread-safe.
 */
public final class GuardedMcp {
  private final ServedCalls calls;

  // The very objects: an equal definition may stand before another handler.
  private final Set<McpSchema.Tool> guarded =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  GuardedMcp(ServedCalls calls) {
    this.calls = calls;
  }

  /** The same tool; each call of it is decided by the gate. */
  public McpServerFeatures.SyncToolSpecification guard(McpServerFeatures.SyncToolSpecification of) {
    guarded.add(of.tool());
    return of.callHandler() instanceof GuardedHandler
        ? of
        : McpServerFeatures.SyncToolSpecification.builder()
            .tool(of.tool())
            .callHandler(
                new GuardedHandler.Sync<>(
                    calls, of.tool(), McpSyncServerExchange::transportContext, of.callHandler()))
            .build();
  }

  /** The same tool; each call of it is decided by the gate, on a thread that may block. */
  public McpServerFeatures.AsyncToolSpecification guard(
      McpServerFeatures.AsyncToolSpecification of) {
    guarded.add(of.tool());
    return of.callHandler() instanceof GuardedHandler
        ? of
        : McpServerFeatures.AsyncToolSpecification.builder()
            .tool(of.tool())
            .callHandler(
                new GuardedHandler.Async<>(
                    calls, of.tool(), McpAsyncServerExchange::transportContext, of.callHandler()))
            .build();
  }

  /** The same tool; each call of it is decided by the gate. */
  public McpStatelessServerFeatures.SyncToolSpecification guard(
      McpStatelessServerFeatures.SyncToolSpecification of) {
    guarded.add(of.tool());
    return of.callHandler() instanceof GuardedHandler
        ? of
        : McpStatelessServerFeatures.SyncToolSpecification.builder()
            .tool(of.tool())
            .callHandler(
                new GuardedHandler.Sync<>(
                    calls, of.tool(), transport -> transport, of.callHandler()))
            .build();
  }

  /** The same tool; each call of it is decided by the gate, on a thread that may block. */
  public McpStatelessServerFeatures.AsyncToolSpecification guard(
      McpStatelessServerFeatures.AsyncToolSpecification of) {
    guarded.add(of.tool());
    return of.callHandler() instanceof GuardedHandler
        ? of
        : McpStatelessServerFeatures.AsyncToolSpecification.builder()
            .tool(of.tool())
            .callHandler(
                new GuardedHandler.Async<>(
                    calls, of.tool(), transport -> transport, of.callHandler()))
            .build();
  }

  /** Adds a tool to a running server, guarded. */
  public void addTool(McpSyncServer server, McpServerFeatures.SyncToolSpecification tool) {
    server.addTool(guard(tool));
  }

  /** Adds a tool to a running server, guarded, once that is subscribed to. */
  public Mono<Void> addTool(McpAsyncServer server, McpServerFeatures.AsyncToolSpecification tool) {
    return server.addTool(guard(tool));
  }

  /** Adds a tool to a running server, guarded. */
  public void addTool(
      McpStatelessSyncServer server, McpStatelessServerFeatures.SyncToolSpecification tool) {
    server.addTool(guard(tool));
  }

  /** Adds a tool to a running server, guarded, once that is subscribed to. */
  public Mono<Void> addTool(
      McpStatelessAsyncServer server, McpStatelessServerFeatures.AsyncToolSpecification tool) {
    return server.addTool(guard(tool));
  }

  /**
   * The list of these tools, such as a server's {@code listTools()}, for {@code tollgate manifest
   * init|check|lock}. Its digests are those of the gate at run time.
   */
  public static String toolList(Collection<McpSchema.Tool> tools) {
    return McpToolList.write(tools.stream().map(ServedTool::definition).toList());
  }

  /** Any specification of a tool guarded, anything else as it is. */
  Object guardAny(Object bean) {
    if (bean instanceof McpServerFeatures.SyncToolSpecification tool) {
      return guard(tool);
    }
    if (bean instanceof McpServerFeatures.AsyncToolSpecification tool) {
      return guard(tool);
    }
    if (bean instanceof McpStatelessServerFeatures.SyncToolSpecification tool) {
      return guard(tool);
    }
    if (bean instanceof McpStatelessServerFeatures.AsyncToolSpecification tool) {
      return guard(tool);
    }
    return bean;
  }

  /** Whether a tool of a server was guarded by this. */
  boolean knows(McpSchema.Tool tool) {
    return guarded.contains(tool);
  }
}
