package dev.tollgate.springai.mcp;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.client.webflux.transport.WebClientStreamableHttpTransport;
import org.springframework.ai.mcp.client.webflux.transport.WebFluxSseClientTransport;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * MCP servers that this application reaches by {@code WebClient}. Spring AI's own transports are
 * prepared by it as they are made; an application that makes some itself calls the same methods,
 * last before {@code build()}, beside those of {@link McpConnections} for the client. Thread-safe.
 */
public final class McpWebClients {
  private final McpConnections connections;

  McpWebClients(McpConnections connections) {
    this.connections = connections;
  }

  /** Gives requests what goes along with a call, if they follow no redirects. */
  public void transport(String name, WebClientStreamableHttpTransport.Builder builder) {
    prepare(name, builder);
  }

  /** Gives requests what goes along with a call, if they follow no redirects. */
  @SuppressWarnings({"deprecation", "removal"}) // as long as servers speak it
  public void transport(String name, WebFluxSseClientTransport.Builder builder) {
    prepare(name, builder);
  }

  private void prepare(String name, Object transport) {
    if (McpFields.of(transport, "webClientBuilder") instanceof WebClient.Builder http) {
      @Nullable ClientHttpConnector connector = Connectors.withoutRedirects(http);
      if (connector == null) {
        connections.mayRedirect(name);
      } else {
        http.clientConnector(CallConnector.over(connector));
        connections.carries(name);
      }
    }
  }
}
