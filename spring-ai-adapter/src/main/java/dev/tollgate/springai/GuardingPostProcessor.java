package dev.tollgate.springai;

import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Guards every manager bean, the user's own as well as Spring AI's. It has no order on purpose:
 * unordered post-processors come after all ordered ones, so that this guard is the outermost.
 */
final class GuardingPostProcessor implements BeanPostProcessor {
  private final Gateway gateway;

  GuardingPostProcessor(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof ToolCallingManager manager
            && !(bean instanceof GuardedToolCallingManager)
        ? new GuardedToolCallingManager(manager, gateway)
        : bean;
  }
}
