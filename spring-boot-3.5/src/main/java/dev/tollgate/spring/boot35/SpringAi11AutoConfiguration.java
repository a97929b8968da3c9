package dev.tollgate.spring.boot35;

import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import org.springframework.ai.mcp.customizer.McpAsyncClientCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Spring AI 1.1's ways to the MCP clients that it makes. */
@AutoConfiguration(
    afterName = "dev.tollgate.springai.mcp.McpClientAutoConfiguration",
    beforeName = {
      "org.springframework.ai.mcp.client.httpclient.autoconfigure.SseHttpClientTransportAutoConfiguration",
      "org.springframework.ai.mcp.client.httpclient.autoconfigure.StreamableHttpHttpClientTransportAutoConfiguration"
    })
@ConditionalOnClass({McpSyncClientCustomizer.class, McpAsyncHttpClientRequestCustomizer.class})
@ConditionalOnBean(type = "dev.tollgate.spring.boot35.McpClientPreparation")
public class SpringAi11AutoConfiguration {

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  McpSyncClientCustomizer tollgateMcpSyncClients(McpClientPreparation preparation) {
    return preparation::client;
  }

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  McpAsyncClientCustomizer tollgateMcpAsyncClients(McpClientPreparation preparation) {
    return preparation::client;
  }

  /** Spring AI 1.1 takes one customizer and no more: this is it where the application has none. */
  @Bean
  @ConditionalOnMissingBean({
    McpAsyncHttpClientRequestCustomizer.class,
    McpSyncHttpClientRequestCustomizer.class
  })
  McpAsyncHttpClientRequestCustomizer tollgateMcpRequests() {
    return McpAsyncHttpClientRequestCustomizer.NOOP; // the post-processor makes more of it
  }

  // Static, and everything looked up late: post-processors are made before other beans.
  @Bean
  static McpRequestPostProcessor tollgateMcpRequestPostProcessor(
      ObjectProvider<McpClientPreparation> preparation) {
    return new McpRequestPostProcessor(preparation::getObject);
  }
}
