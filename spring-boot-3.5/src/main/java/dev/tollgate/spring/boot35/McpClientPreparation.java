package dev.tollgate.spring.boot35;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;

/** What is done to the MCP clients that Spring AI 1.1 makes. An adapter has a bean of this. */
public interface McpClientPreparation {

  /**
   * Called once for each client.
   *
   * @param name the connection's, as the application configured it
   */
  void client(String name, McpClient.SyncSpec spec);

  /**
   * Called once for each client.
   *
   * @param name the connection's, as the application configured it
   */
  void client(String name, McpClient.AsyncSpec spec);

  /**
   * What requests get.
   *
   * @param first the application's own, which comes first
   */
  McpAsyncHttpClientRequestCustomizer requests(McpAsyncHttpClientRequestCustomizer first);

  /**
   * What requests get.
   *
   * @param first the application's own, which comes first
   */
  McpSyncHttpClientRequestCustomizer syncRequests(McpSyncHttpClientRequestCustomizer first);
}
