package dev.tollgate.springai;

import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Guards every manager and resolver bean, the user's own as well as Spring AI's. It has no order on
 * purpose: unordered post-processors come after all ordered ones, so that this guard is the
 * outermost.
 */
final class GuardingPostProcessor implements BeanPostProcessor {
  private final Gateway gateway;

  GuardingPostProcessor(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof ToolCallingManager manager
        && !(bean instanceof GuardedToolCallingManager)) {
      return new GuardedToolCallingManager(manager, gateway);
    }
    if (bean instanceof ToolCallbackResolver resolver
        && !(bean instanceof GuardedToolCallbackResolver)) {
      return new GuardedToolCallbackResolver(resolver, gateway);
    }
    return bean;
  }
}
