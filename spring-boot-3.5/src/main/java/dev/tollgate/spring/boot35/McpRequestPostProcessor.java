package dev.tollgate.spring.boot35;

import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Stands behind the one customizer of requests, whosever it is. */
final class McpRequestPostProcessor implements BeanPostProcessor {
  private final Supplier<McpClientPreparation> preparation;

  McpRequestPostProcessor(Supplier<McpClientPreparation> preparation) {
    this.preparation = preparation;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof McpAsyncHttpClientRequestCustomizer first) {
      return preparation.get().requests(first);
    }
    return bean instanceof McpSyncHttpClientRequestCustomizer first
        ? preparation.get().syncRequests(first)
        : bean;
  }
}
