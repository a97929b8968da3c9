package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolServiceContext;
import java.util.Map;

/**
 * The tools of one invocation, where a made-up name has an executor too. The framework's own way to
 * handle such a name does not know which invocation it belongs to.
 */
final class GuardedToolServiceContext extends ToolServiceContext {
  private final Map<String, ToolExecutor> everyName;
  private final Passage passage;

  GuardedToolServiceContext(Builder parts, Passage passage) {
    super(parts);
    this.passage = passage;
    this.everyName = new EveryName(super.toolExecutors(), new UnknownToolExecutor(passage));
  }

  @Override
  public Map<String, ToolExecutor> toolExecutors() {
    return everyName;
  }

  /** The framework makes the next round's context from this one. */
  @Override
  public Builder toBuilder() {
    Builder next =
        new Builder() {
          @Override
          public ToolServiceContext build() {
            return new GuardedToolServiceContext(this, passage);
          }
        };
    return next.effectiveTools(effectiveTools())
        .availableTools(availableTools())
        .toolExecutors(super.toolExecutors())
        .returnBehaviors(returnBehaviors())
        .dynamicToolProviders(dynamicToolProviders());
  }
}
