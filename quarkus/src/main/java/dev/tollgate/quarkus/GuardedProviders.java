package dev.tollgate.quarkus;

import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.tollgate.langchain4j.HostedGate;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the application's {@code ToolProvider} bean, MCP's among them: AI services are
 * given this one, because it is an alternative.
 */
@Singleton
@Alternative
@Priority(Integer.MAX_VALUE)
@Unremovable
class GuardedProviders implements ToolProvider {
  private final HostedGate gate;
  private final BeanManager beans;

  @Inject
  GuardedProviders(HostedGate gate, BeanManager beans) {
    this.gate = gate;
    this.beans = beans;
  }

  @Override
  public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
    ToolProvider other = other();
    return other == null
        ? ToolProviderResult.builder().build()
        : gate.guard(other).provideTools(request);
  }

  /** As without this bean: none is used where several could be meant. */
  private @Nullable ToolProvider other() {
    Set<Bean<?>> others = new HashSet<>(beans.getBeans(ToolProvider.class));
    others.removeIf(bean -> bean.getBeanClass() == GuardedProviders.class);
    if (others.isEmpty()) {
      return null;
    }
    try {
      Bean<?> one = beans.resolve(others);
      return (ToolProvider)
          beans.getReference(one, ToolProvider.class, beans.createCreationalContext(one));
    } catch (AmbiguousResolutionException e) {
      return null;
    }
  }
}
