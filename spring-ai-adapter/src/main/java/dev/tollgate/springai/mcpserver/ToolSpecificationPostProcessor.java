package dev.tollgate.springai.mcpserver;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Guards every specification of a tool that is a bean, or an element of a list that is one: there
 * Spring AI puts {@code @Tool} callbacks and {@code @McpTool} methods. The callbacks and their
 * providers are left alone: Spring AI tells by their types which tools it must not offer again.
 *
 * <p>It has no order on purpose: unordered post-processors come after all ordered ones, so that
 * this guard is the outermost.
 */
final class ToolSpecificationPostProcessor implements BeanPostProcessor {
  private final Supplier<GuardedMcp> guarded;

  ToolSpecificationPostProcessor(Supplier<GuardedMcp> guarded) {
    this.guarded = guarded;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof List<?> list) {
      return list.stream().anyMatch(ToolSpecificationPostProcessor::specifies)
          ? list.stream().map(this::guarded).toList()
          : bean;
    }
    if (bean instanceof McpSyncServerCustomizer customizer) {
      return new CustomizedTools.Sync(customizer, guarded);
    }
    if (bean instanceof McpAsyncServerCustomizer customizer) {
      return new CustomizedTools.Async(customizer, guarded);
    }
    return guarded(bean);
  }

  private Object guarded(Object bean) {
    return specifies(bean) ? guarded.get().guardAny(bean) : bean;
  }

  private static boolean specifies(@Nullable Object bean) {
    return bean instanceof McpServerFeatures.SyncToolSpecification
        || bean instanceof McpServerFeatures.AsyncToolSpecification
        || bean instanceof McpStatelessServerFeatures.SyncToolSpecification
        || bean instanceof McpStatelessServerFeatures.AsyncToolSpecification;
  }
}
