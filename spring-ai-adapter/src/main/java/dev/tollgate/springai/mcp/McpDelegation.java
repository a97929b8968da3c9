package dev.tollgate.springai.mcp;

import dev.tollgate.delegation.Grant;

/**
 * One MCP server, as an agent that parts of the task are handed on to: with each call of its tools
 * it gets a signed context of its own, as much of the grant as the calling agent has itself. Make
 * it a bean; servers that no such bean names get none.
 *
 * @param connection the connection's name, as in {@code
 *     spring.ai.mcp.client.streamable-http.connections.<name>}
 * @param grant what is handed on, and to whom
 */
public record McpDelegation(String connection, Grant grant) {
  public McpDelegation {
    if (connection.isBlank()) {
      throw new IllegalArgumentException("a connection has a name");
    }
  }
}
