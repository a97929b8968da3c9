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
import java.util.List;
import reactor.core.publisher.Flux;
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
  /**
   * The source of the tools, as manifests name it. One of its own: behind the same name, a chat of
   * this application has a callback whose schema is another text, so that one lock cannot hold for
   * both.
   */
  public static final String SOURCE = "spring-ai:mcp-server";

  private final ServedCalls calls;
  private final GuardedTools tools = new GuardedTools();

  GuardedMcp(ServedCalls calls) {
    this.calls = calls;
  }

  /** The same tool; each call of it is decided by the gate. */
  public McpServerFeatures.SyncToolSpecification guard(McpServerFeatures.SyncToolSpecification of) {
    if (stands(of.tool(), of.callHandler())) {
      return of;
    }
    var handler =
        new GuardedHandler.Sync<>(
            calls,
            of.tool(),
            McpSyncServerExchange::transportContext,
            GuardedHandler.Sync.own(of.callHandler()));
    tools.add(of.tool(), handler);
    return McpServerFeatures.SyncToolSpecification.builder()
        .tool(of.tool())
        .callHandler(handler)
        .build();
  }

  /** The same tool; each call of it is decided by the gate, on a thread that may block. */
  public McpServerFeatures.AsyncToolSpecification guard(
      McpServerFeatures.AsyncToolSpecification of) {
    if (stands(of.tool(), of.callHandler())) {
      return of;
    }
    var handler =
        new GuardedHandler.Async<>(
            calls,
            of.tool(),
            McpAsyncServerExchange::transportContext,
            GuardedHandler.Async.own(of.callHandler()));
    tools.add(of.tool(), handler);
    return McpServerFeatures.AsyncToolSpecification.builder()
        .tool(of.tool())
        .callHandler(handler)
        .build();
  }

  /** The same tool; each call of it is decided by the gate. */
  public McpStatelessServerFeatures.SyncToolSpecification guard(
      McpStatelessServerFeatures.SyncToolSpecification of) {
    if (stands(of.tool(), of.callHandler())) {
      return of;
    }
    var handler =
        new GuardedHandler.Sync<>(
            calls, of.tool(), transport -> transport, GuardedHandler.Sync.own(of.callHandler()));
    tools.add(of.tool(), handler);
    return McpStatelessServerFeatures.SyncToolSpecification.builder()
        .tool(of.tool())
        .callHandler(handler)
        .build();
  }

  /** The same tool; each call of it is decided by the gate, on a thread that may block. */
  public McpStatelessServerFeatures.AsyncToolSpecification guard(
      McpStatelessServerFeatures.AsyncToolSpecification of) {
    if (stands(of.tool(), of.callHandler())) {
      return of;
    }
    var handler =
        new GuardedHandler.Async<>(
            calls, of.tool(), transport -> transport, GuardedHandler.Async.own(of.callHandler()));
    tools.add(of.tool(), handler);
    return McpStatelessServerFeatures.AsyncToolSpecification.builder()
        .tool(of.tool())
        .callHandler(handler)
        .build();
  }

  /** One that was given another tool decides on the wrong one, and is guarded anew. */
  private boolean stands(McpSchema.Tool tool, Object handler) {
    if (handler instanceof GuardedHandler<?> guard && guard.guards(tool)) {
      tools.add(tool, guard);
      return true;
    }
    return false;
  }

  /** Adds a tool to a running server, guarded, in place of one of the same name. */
  public void addTool(McpSyncServer server, McpServerFeatures.SyncToolSpecification tool) {
    tools.end(server.listTools(), tool.tool().name());
    server.addTool(guard(tool));
  }

  /** The same, once that is subscribed to. */
  public Mono<Void> addTool(McpAsyncServer server, McpServerFeatures.AsyncToolSpecification tool) {
    return ended(server.listTools(), tool.tool().name())
        .then(Mono.defer(() -> server.addTool(guard(tool))));
  }

  /** The same. */
  public void addTool(
      McpStatelessSyncServer server, McpStatelessServerFeatures.SyncToolSpecification tool) {
    tools.end(server.listTools(), tool.tool().name());
    server.addTool(guard(tool));
  }

  /** The same, once that is subscribed to. */
  public Mono<Void> addTool(
      McpStatelessAsyncServer server, McpStatelessServerFeatures.AsyncToolSpecification tool) {
    return ended(server.listTools(), tool.tool().name())
        .then(Mono.defer(() -> server.addTool(guard(tool))));
  }

  /**
   * Removes a tool from a running server. From now on no call of it runs, also none that the server
   * has taken in already: it is denied {@code tool_definition_changed}. What was dispatched before
   * goes on.
   */
  public void removeTool(McpSyncServer server, String name) {
    tools.end(server.listTools(), name);
    server.removeTool(name);
  }

  /** The same, once that is subscribed to. */
  public Mono<Void> removeTool(McpAsyncServer server, String name) {
    return ended(server.listTools(), name).then(server.removeTool(name));
  }

  /** The same. */
  public void removeTool(McpStatelessSyncServer server, String name) {
    tools.end(server.listTools(), name);
    server.removeTool(name);
  }

  /** The same, once that is subscribed to. */
  public Mono<Void> removeTool(McpStatelessAsyncServer server, String name) {
    return ended(server.listTools(), name).then(server.removeTool(name));
  }

  private Mono<List<McpSchema.Tool>> ended(Flux<McpSchema.Tool> offered, String name) {
    return offered.collectList().doOnNext(all -> tools.end(all, name));
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
    return tools.has(tool);
  }

  /** How many tools are remembered; those that no server has any more are forgotten in time. */
  int remembered() {
    return tools.size();
  }
}
