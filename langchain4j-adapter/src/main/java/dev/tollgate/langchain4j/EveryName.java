package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.ToolExecutor;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registered executors by name, and one for every other name. Only look-up shows that one. */
final class EveryName extends AbstractMap<String, ToolExecutor> {
  private final Map<String, ToolExecutor> registered;
  private final ToolExecutor unknown;

  EveryName(Map<String, ToolExecutor> registered, ToolExecutor unknown) {
    this.registered = registered;
    this.unknown = unknown;
  }

  @Override
  public ToolExecutor get(@Nullable Object name) {
    ToolExecutor executor = registered.get(name);
    return executor == null ? unknown : executor;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return registered.containsKey(name);
  }

  @Override
  public Set<Entry<String, ToolExecutor>> entrySet() {
    return registered.entrySet();
  }
}
