package dev.tollgate.springai.mcp;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.SpringSettings;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import org.springframework.ai.mcp.ToolContextToMcpMetaConverter;
import org.springframework.ai.mcp.client.webflux.transport.WebClientStreamableHttpTransport;
import org.springframework.ai.mcp.client.webflux.transport.WebFluxSseClientTransport;
import org.springframework.ai.mcp.customizer.McpClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Tells MCP servers apart, and decides what goes along with a call of their tools. */
@AutoConfiguration(after = ToolGateAutoConfiguration.class)
@ConditionalOnClass(
    name = {
      "org.springframework.ai.mcp.SyncMcpToolCallback",
      "io.modelcontextprotocol.client.McpSyncClient"
    })
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
public class McpClientAutoConfiguration {
  private static AllowedMeta meta(Environment environment) {
    return new AllowedMeta(SpringSettings.from(environment).get("tollgate.mcp.meta", ""));
  }

  /** For Spring AI's clients, and for those that the application makes. */
  @Bean
  @ConditionalOnMissingBean
  McpConnections tollgateMcpConnections(
      Environment environment,
      ObjectProvider<ToolGate> gate,
      ObjectProvider<McpDelegation> delegations) {
    return new McpConnections(
        meta(environment),
        SingletonSupplier.of(gate::getObject),
        delegations.orderedStream().toList());
  }

  /** In place of Spring AI's, which sends the whole tool context to every server. */
  @Bean
  @ConditionalOnMissingBean
  ToolContextToMcpMetaConverter tollgateToolContextToMcpMetaConverter(Environment environment) {
    return meta(environment);
  }

  @Bean
  McpPaths tollgateMcpPaths(McpConnections connections) {
    return new McpPaths(connections);
  }

  /** For Spring AI 1.1, whose part is compiled apart. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.ai.mcp.customizer.McpSyncClientCustomizer")
  static class Before20 {
    @Bean
    PreparedClients tollgateMcpClients(McpConnections connections) {
      return new PreparedClients(connections);
    }
  }

  /** Spring AI 2.0's way to the clients and transports that it makes; ours come last. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.ai.mcp.customizer.McpClientCustomizer")
  static class Customizers {
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    McpClientCustomizer<McpClient.SyncSpec> tollgateMcpSyncClients(McpConnections connections) {
      return connections::client;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    McpClientCustomizer<McpClient.AsyncSpec> tollgateMcpAsyncClients(McpConnections connections) {
      return connections::client;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    McpClientCustomizer<HttpClientStreamableHttpTransport.Builder> tollgateMcpStreamable(
        McpConnections connections) {
      return connections::transport;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @SuppressWarnings("deprecation") // as long as servers speak it
    McpClientCustomizer<HttpClientSseClientTransport.Builder> tollgateMcpSse(
        McpConnections connections) {
      return connections::transport;
    }
  }

  /** The same for transports of WebClient. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = {
        "org.springframework.ai.mcp.client.webflux.transport.WebClientStreamableHttpTransport",
        "org.springframework.web.reactive.function.client.WebClient"
      })
  static class WebClients {
    @Bean
    McpWebClients tollgateMcpWebClients(McpConnections connections) {
      return new McpWebClients(connections);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    McpClientCustomizer<WebClientStreamableHttpTransport.Builder> tollgateMcpWebClientStreamable(
        McpWebClients clients) {
      return clients::transport;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @SuppressWarnings({"deprecation", "removal"}) // as long as servers speak it
    McpClientCustomizer<WebFluxSseClientTransport.Builder> tollgateMcpWebClientSse(
        McpWebClients clients) {
      return clients::transport;
    }
  }
}
