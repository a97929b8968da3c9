package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.BeforeToolExecution;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.tollgate.langchain4j.weave.Weaving;
import dev.tollgate.tool.ToolDefinition;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LangChain4j's tool service with the gate around every executor. Tools are wrapped when an
 * invocation begins, not when they are registered: the framework looks at the class of the
 * registered ones.
 */
final class GuardedToolService extends ToolService {
  private static final Logger log = LoggerFactory.getLogger(TollgateLangChain4j.class);
  private final Passage passage;

  GuardedToolService(Supplier<@Nullable Installation> installation) {
    this.passage = new Passage(installation, () -> executor() != null);
  }

  @Override
  public ToolServiceContext createContext(
      InvocationContext invocation, UserMessage userMessage, List<ChatMessage> messages) {
    ToolServiceContext open = super.createContext(invocation, userMessage, messages);
    WovenTools.check(open.toolExecutors().values(), passage.installation());
    ToolDefinitions definitions = new ToolDefinitions(open);
    Map<String, ToolExecutor> executors = new HashMap<>();
    open.toolExecutors()
        .forEach((name, tool) -> executors.put(name, guarded(tool, definitions.of(name))));
    return new GuardedToolServiceContext(
        open.toBuilder()
            .toolExecutors(executors)
            .dynamicToolProviders(open.dynamicToolProviders().stream().map(this::guarded).toList()),
        passage,
        invocation);
  }

  /** The streaming path, and whoever else brings executors of their own. */
  @Override
  public ToolExecutionResult executeTool(
      InvocationContext invocation,
      Map<String, ToolExecutor> executors,
      ToolExecutionRequest request,
      Consumer<BeforeToolExecution> before,
      Consumer<ToolExecution> after) {
    String name = request.name();
    ToolExecutor tool = executors.get(name);
    ToolExecutor gated =
        tool == null
            ? new UnknownToolExecutor(passage)
            : guarded(tool, ToolDefinitions.undescribed(name));
    // A stream that runs its tools one by one runs them on the thread that the model calls back on.
    try (Scope callback = executor() == null ? ApprovalWait.onCallbackThread() : Scope.noop()) {
      return super.executeTool(
          invocation, Collections.singletonMap(name, gated), request, before, after);
    }
  }

  /** A made-up name on a path that looked it up itself. The user's strategy is not asked. */
  @Override
  public ToolExecutionResult applyToolHallucinationStrategy(ToolExecutionRequest request) {
    return new UnknownToolExecutor(passage).executeWithContext(request, null);
  }

  /** Undoing is a way past every hook the framework has; whoever turns it on should know. */
  @Override
  public void compensateOnToolErrors(boolean compensate) {
    if (compensate && !Weaving.active()) {
      log.warn(
          "actions of @CompensateFor do not pass the gate and get no credential: docs/weaving.md");
    }
    super.compensateOnToolErrors(compensate);
  }

  private ToolExecutor guarded(ToolExecutor tool, List<ToolDefinition> sameName) {
    return tool instanceof GatedExecutor ? tool : new GuardedToolExecutor(tool, sameName, passage);
  }

  private ToolProvider guarded(ToolProvider provider) {
    return provider instanceof GuardedToolProvider
        ? provider
        : new GuardedToolProvider(provider, passage);
  }
}
