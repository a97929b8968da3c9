package dev.tollgate.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/**
 * Guards what is found by name. A guarded manager never runs a name that was not offered; one that
 * is not guarded, and whoever else resolves a name, gets a callback that asks the gate by itself.
 */
final class GuardedToolCallbackResolver implements ToolCallbackResolver {
  private final ToolCallbackResolver delegate;
  private final Gateway gateway;

  GuardedToolCallbackResolver(ToolCallbackResolver delegate, Gateway gateway) {
    this.delegate = delegate;
    this.gateway = gateway;
  }

  @Override
  public @Nullable ToolCallback resolve(String name) {
    ToolCallback found = delegate.resolve(name);
    return found == null || found instanceof ResolvedToolCallback
        ? found
        : new ResolvedToolCallback(found, gateway);
  }
}
