package dev.tollgate.springai.mcp;

import dev.tollgate.spring.boot35.McpClientPreparation;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;

/** The clients of Spring AI 1.1, which shows no transports: their requests are prepared instead. */
record PreparedClients(McpConnections connections) implements McpClientPreparation {
  @Override
  public void client(String name, McpClient.SyncSpec spec) {
    connections.client(name, spec);
  }

  @Override
  public void client(String name, McpClient.AsyncSpec spec) {
    connections.client(name, spec);
  }

  @Override
  public McpAsyncHttpClientRequestCustomizer requests(McpAsyncHttpClientRequestCustomizer first) {
    connections.allRequests();
    return McpConnections.requests(first);
  }

  @Override
  public McpSyncHttpClientRequestCustomizer syncRequests(McpSyncHttpClientRequestCustomizer first) {
    connections.allRequests();
    return (request, method, endpoint, body, context) -> {
      first.customize(request, method, endpoint, body, context);
      CallRequests.add(request, body, context);
    };
  }
}
