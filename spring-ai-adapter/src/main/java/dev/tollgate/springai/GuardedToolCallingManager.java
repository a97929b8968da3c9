package dev.tollgate.springai;

import dev.tollgate.Denial;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Pending;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.springai.task.StreamObservation;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import io.micrometer.observation.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Decides on all calls of a turn before any of them runs, then lets the wrapped manager run them as
 * ever, with callbacks that end in the gate.
 */
final class GuardedToolCallingManager implements ToolCallingManager {
  private final ToolCallingManager delegate;
  private final Gateway gateway;

  GuardedToolCallingManager(ToolCallingManager delegate, Gateway gateway) {
    this.delegate = delegate;
    this.gateway = gateway;
  }

  /**
   * Without those that no call could be permitted of. Outside a task all of them: whoever looks
   * there calls none, or is denied.
   */
  @Override
  public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
    List<ToolDefinition> all = delegate.resolveToolDefinitions(options);
    Task task = CarriedTask.here().task();
    if (task == null || all.isEmpty() || !gateway.settings().filterToolList()) {
      return all;
    }
    OfferedTools tools = new OfferedTools(offered(options));
    List<ToolDefinition> offered = new ArrayList<>(all.size());
    for (ToolDefinition one : all) {
      Tool tool = tools.describe(gateway.gate(), one);
      if (gateway.gate().offers(task, tool)) {
        offered.add(one);
      }
    }
    return offered;
  }

  @Override
  public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
    return guarded(prompt, response, calls -> delegate.executeToolCalls(calls, response));
  }

  // Spring AI 2.1 adds a method with what people decided. Against 2.0 these override nothing; there
  // one of them does, by its descriptor: inherited, the method would lose what a person refused.

  /** What people decided in Spring AI's own way can refuse a call, and permits none. */
  public ToolExecutionResult executeToolCalls(
      Prompt prompt, ChatResponse response, List<?> decisions) {
    return decidedElsewhere(prompt, response, List.class, decisions);
  }

  /** As for a list. */
  public ToolExecutionResult executeToolCalls(
      Prompt prompt, ChatResponse response, Collection<?> decisions) {
    return decidedElsewhere(prompt, response, Collection.class, decisions);
  }

  /** As for a list. */
  public ToolExecutionResult executeToolCalls(
      Prompt prompt, ChatResponse response, Map<?, ?> decisions) {
    return decidedElsewhere(prompt, response, Map.class, decisions);
  }

  private ToolExecutionResult decidedElsewhere(
      Prompt prompt, ChatResponse response, Class<?> kind, Object decisions) {
    NativeDecisions method = NativeDecisions.of(delegate, kind);
    return guarded(prompt, response, calls -> method.execute(calls, response, decisions));
  }

  private ToolExecutionResult guarded(
      Prompt prompt, ChatResponse response, Function<Prompt, ToolExecutionResult> execution) {
    if (decided(prompt)) {
      return execution.apply(prompt); // a guard around us has decided
    }
    try (Observation.Scope parent = StreamObservation.open()) {
      return together(prompt, response, execution);
    }
  }

  private ToolExecutionResult together(
      Prompt prompt, ChatResponse response, Function<Prompt, ToolExecutionResult> execution) {
    ToolCallingChatOptions options =
        prompt.getOptions() instanceof ToolCallingChatOptions found ? found : null;
    List<AssistantMessage.ToolCall> proposed = proposed(response);
    OfferedTools tools = new OfferedTools(offered(options));
    PresentedApprovals presented = PresentedApprovals.take();
    Batch batch = Batch.admit(gateway, proposed, tools, presented);
    try {
      stopHere(batch, new Turn(prompt, response, presented != null));
      List<ToolCallback> guarded = tools.guarded(batch, proposed);
      ToolExecutionResult result =
          execution.apply(new Prompt(prompt.getInstructions(), neutral(options, guarded)));
      return batch.denied() && result.returnDirect() ? forTheModel(result) : result;
    } finally {
      batch.giveUp();
    }
  }

  private record Turn(Prompt prompt, ChatResponse response, boolean resumed) {}

  /** Before anything of the turn has run, where that is how a denial ends. */
  private void stopHere(Batch batch, Turn turn) {
    AdapterSettings settings = gateway.settings();
    boolean suspends = settings.pending() == Pending.SUSPEND && !turn.resumed;
    if (settings.denied() == Denied.ABORT) {
      Denial lost = batch.lost(!suspends && !ApprovalWait.holds(gateway));
      if (lost != null) {
        throw new ToolDeniedException(lost);
      }
    }
    List<String> waiting = suspends ? batch.waiting() : List.of();
    if (!waiting.isEmpty()) {
      throw new ApprovalRequiredException(new SuspendedTurn(turn.prompt, turn.response, waiting));
    }
  }

  /** A denial is for the model to read, also where the results were to go to the user directly. */
  private static ToolExecutionResult forTheModel(ToolExecutionResult result) {
    return ToolExecutionResult.builder()
        .conversationHistory(result.conversationHistory())
        .returnDirect(false)
        .build();
  }

  /** Whether a guard has decided on what this prompt runs. */
  static boolean decided(Prompt prompt) {
    List<ToolCallback> offered =
        prompt.getOptions() instanceof ToolCallingChatOptions options
            ? callbacks(options)
            : List.of();
    for (ToolCallback callback : offered) {
      if (!(callback instanceof GuardedToolCallback)) {
        return false;
      }
    }
    return !offered.isEmpty();
  }

  /** Only what execution needs, so that no options class of a provider gets in the way. */
  private static ToolCallingChatOptions neutral(
      @Nullable ToolCallingChatOptions options, List<ToolCallback> guarded) {
    Map<String, Object> context = options == null ? null : options.getToolContext();
    return ToolCallingChatOptions.builder()
        .toolCallbacks(guarded)
        .toolContext(context == null ? Map.of() : context)
        .build();
  }

  private List<ToolCallback> offered(@Nullable ToolCallingChatOptions options) {
    List<ToolCallback> callbacks = callbacks(options);
    return options == null ? callbacks : NamedTools.of(options, callbacks, delegate);
  }

  private static List<ToolCallback> callbacks(@Nullable ToolCallingChatOptions options) {
    List<ToolCallback> found = options == null ? null : options.getToolCallbacks();
    return found == null ? List.of() : found;
  }

  /** The calls that Spring AI will execute: those of the first generation that has any. */
  static List<AssistantMessage.ToolCall> proposed(ChatResponse response) {
    for (Generation generation : response.getResults()) {
      if (generation.getOutput().hasToolCalls()) {
        return generation.getOutput().getToolCalls();
      }
    }
    return List.of();
  }
}
