package dev.tollgate.springai;

import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.springai.task.ReactiveTask;
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
  private static final StreamRounds ROUNDS = new StreamRounds();

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
    Task carried = CarriedTask.here().task();
    Task task = carried == null ? ROUNDS.task(options) : carried;
    if (task == null || all.isEmpty() || !gateway.settings().filterToolList()) {
      return all;
    }
    OfferedTools tools = offered(options);
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
    return guarded(
        new ModelTurn(prompt, response), calls -> delegate.executeToolCalls(calls, response));
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
    return guarded(
        new ModelTurn(prompt, response), calls -> method.execute(calls, response, decisions));
  }

  private ToolExecutionResult guarded(
      ModelTurn turn, Function<Prompt, ToolExecutionResult> execution) {
    if (turn.decided()) {
      return execution.apply(turn.prompt()); // a guard around us has decided
    }
    try (Observation.Scope parent = StreamObservation.open()) {
      return together(turn, execution);
    }
  }

  private ToolExecutionResult together(
      ModelTurn turn, Function<Prompt, ToolExecutionResult> execution) {
    ToolCallingChatOptions options = turn.options();
    if (options != null && NamedTools.USED && ReactiveTask.streaming()) {
      ROUNDS.ran(options, CarriedTask.here().task()); // the next one carries nothing there
    }
    List<AssistantMessage.ToolCall> proposed = turn.proposed();
    OfferedTools tools = offered(options);
    PresentedApprovals presented = PresentedApprovals.take();
    Batch batch = Batch.admit(gateway, proposed, tools, presented);
    try {
      TurnStop.check(gateway, batch.decided(), turn, presented != null);
      Prompt running = turn.running(tools.guarded(batch, proposed));
      ToolExecutionResult result = execution.apply(running);
      return batch.denied() && result.returnDirect() ? forTheModel(result) : result;
    } finally {
      batch.giveUp();
    }
  }

  /** A denial is for the model to read, also where the results were to go to the user directly. */
  private static ToolExecutionResult forTheModel(ToolExecutionResult result) {
    return ToolExecutionResult.builder()
        .conversationHistory(result.conversationHistory())
        .returnDirect(false)
        .build();
  }

  private OfferedTools offered(@Nullable ToolCallingChatOptions options) {
    List<ToolCallback> callbacks = ModelTurn.callbacks(options);
    return new OfferedTools(
        options == null ? callbacks : NamedTools.of(options, callbacks, delegate));
  }
}
