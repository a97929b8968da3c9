package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.tollgate.Denial;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one invocation, where a made-up name has an executor too. The framework's own way to
 * handle such a name does not know which invocation it belongs to.
 */
final class GuardedToolServiceContext extends ToolServiceContext {
  private final Map<String, ToolExecutor> everyName;
  private final Passage passage;
  private final InvocationContext invocation;

  GuardedToolServiceContext(Builder parts, Passage passage, InvocationContext invocation) {
    super(parts);
    this.passage = passage;
    this.invocation = invocation;
    this.everyName = new EveryName(super.toolExecutors(), new UnknownToolExecutor(passage));
    AgentRun run = run();
    if (run != null) {
      run.offers(everyName);
    }
  }

  @Override
  public Map<String, ToolExecutor> toolExecutors() {
    return everyName;
  }

  /**
   * The framework asks for these when it makes the next request to the model, which an aborted run
   * does not. By then each call of the turn has its result in the chat memory.
   */
  @Override
  public List<ToolSpecification> effectiveTools() {
    AgentRun run = run();
    Denial aborted = run == null ? null : run.aborted();
    if (aborted != null) {
      throw new ToolDeniedException(aborted);
    }
    return offered(super.effectiveTools());
  }

  /** What a tool search may find. */
  @Override
  public List<ToolSpecification> availableTools() {
    return offered(super.availableTools());
  }

  private List<ToolSpecification> offered(List<ToolSpecification> tools) {
    Installation current = passage.installation();
    AgentRun run = run();
    return current == null || run == null || !current.settings().filterToolList()
        ? tools
        : tools.stream().filter(tool -> run.offers(current.gate(), tool.name())).toList();
  }

  private @Nullable AgentRun run() {
    Installation current = passage.installation();
    return current == null ? null : current.tasks().run(invocation);
  }

  /** The framework makes the next round's context from this one. */
  @Override
  public Builder toBuilder() {
    Builder next =
        new Builder() {
          @Override
          public ToolServiceContext build() {
            return new GuardedToolServiceContext(this, passage, invocation);
          }
        };
    return next.effectiveTools(super.effectiveTools())
        .availableTools(super.availableTools())
        .toolExecutors(super.toolExecutors())
        .returnBehaviors(returnBehaviors())
        .dynamicToolProviders(dynamicToolProviders());
  }
}
