package dev.tollgate.springai;

import dev.tollgate.tool.ToolDefinition;
import org.springframework.ai.tool.ToolCallback;

/** Where a tool comes from, as manifests name it. */
final class ToolSources {
  /** The application's own methods and functions. */
  static final String SPRING_AI = "spring-ai";

  /** A tool of an MCP server, behind Spring AI's MCP client. */
  static final String MCP = "mcp";

  /** A tool that this application's MCP server offers. */
  static final String MCP_SERVER = "spring-ai:mcp-server";

  private ToolSources() {}

  /** What is registered. A server's annotations do not come this far: no callback has them. */
  static ToolDefinition definition(ToolCallback callback) {
    if (callback instanceof ResolvedToolCallback resolved) {
      return definition(resolved.original());
    }
    return definition(callback.getToolDefinition(), source(callback));
  }

  static ToolDefinition definition(
      org.springframework.ai.tool.definition.ToolDefinition definition, String source) {
    return new ToolDefinition(
        definition.name(), definition.description(), definition.inputSchema(), source);
  }

  // By name: the adapter does without the MCP modules.
  private static String source(ToolCallback callback) {
    return callback.getClass().getName().startsWith("org.springframework.ai.mcp.")
        ? MCP
        : SPRING_AI;
  }
}
