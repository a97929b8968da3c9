package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.springai.mcp.McpOrigin;
import dev.tollgate.springai.mcpserver.GuardedMcp;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.ClassUtils;

/** Where a tool comes from, as manifests name it. */
final class ToolSources {
  /** The application's own methods and functions. */
  static final String SPRING_AI = "spring-ai";

  // MCP is optional: what needs it is loaded only where it is there.
  private static final boolean MCP =
      isThere("org.springframework.ai.mcp.AsyncMcpToolCallback")
          && isThere("io.modelcontextprotocol.client.McpSyncClient");

  /** A tool that this application's MCP server offers. The compiler copies the text. */
  static final String MCP_SERVER = GuardedMcp.SOURCE;

  private ToolSources() {}

  /** The server a tool is of; {@code null} if its callback does not ask one. */
  static @Nullable McpOrigin server(ToolCallback callback) {
    return MCP ? McpOrigin.of(own(callback)) : null;
  }

  /** What is registered. */
  static ToolDefinition definition(ToolCallback callback) {
    @Nullable McpOrigin server = server(callback);
    return server == null
        ? definition(callback.getToolDefinition(), SPRING_AI)
        : definition(callback, server);
  }

  static ToolDefinition definition(
      org.springframework.ai.tool.definition.ToolDefinition definition, String source) {
    return new ToolDefinition(
        definition.name(), definition.description(), definition.inputSchema(), source);
  }

  private static ToolDefinition definition(ToolCallback callback, McpOrigin server) {
    var definition = callback.getToolDefinition();
    return new ToolDefinition(
        definition.name(),
        definition.description(),
        definition.inputSchema(),
        server.source(),
        server.annotations());
  }

  /** What the gate knows of the one tool that is registered under its name. */
  static Tool describe(ToolGate gate, ToolCallback callback) {
    @Nullable McpOrigin server = server(callback);
    return server == null
        ? gate.describe(definition(callback))
        : server.asOffered(gate.describe(definition(callback, server)));
  }

  /** What runs in the end, behind wrappers of our own. */
  private static ToolCallback own(ToolCallback callback) {
    if (callback instanceof ResolvedToolCallback resolved) {
      return own(resolved.original());
    }
    return callback instanceof OneCall call ? own(call.callback()) : callback;
  }

  private static boolean isThere(String name) {
    return ClassUtils.isPresent(name, ToolSources.class.getClassLoader());
  }
}
