package dev.tollgate.springai;

import io.micrometer.observation.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Override
  public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
    return delegate.resolveToolDefinitions(options);
  }

  @Override
  public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
    try (Observation.Scope parent = StreamObservation.open()) {
      return guarded(prompt, response);
    }
  }

  private ToolExecutionResult guarded(Prompt prompt, ChatResponse response) {
    ToolCallingChatOptions options =
        prompt.getOptions() instanceof ToolCallingChatOptions found ? found : null;
    if (decided(prompt)) {
      return delegate.executeToolCalls(prompt, response); // a guard around us has decided
    }
    List<AssistantMessage.ToolCall> proposed = proposed(response);
    OfferedTools tools = new OfferedTools(offered(options));
    proposed.forEach(call -> tools.proposed(call.name()));
    Batch batch = Batch.admit(gateway, proposed, tools);
    List<ToolCallback> guarded = new ArrayList<>();
    tools.callbacks().forEach(callback -> guarded.add(new GuardedToolCallback(callback, batch)));
    return delegate.executeToolCalls(
        new Prompt(prompt.getInstructions(), neutral(options, guarded)), response);
  }

  /** Whether a guard has decided on what this prompt runs. */
  static boolean decided(Prompt prompt) {
    List<ToolCallback> offered =
        prompt.getOptions() instanceof ToolCallingChatOptions options
            ? callbacks(options)
            : List.of();
    return !offered.isEmpty() && offered.stream().allMatch(GuardedToolCallback.class::isInstance);
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
    return response.getResults().stream()
        .map(Generation::getOutput)
        .filter(AssistantMessage::hasToolCalls)
        .findFirst()
        .map(AssistantMessage::getToolCalls)
        .orElse(List.of());
  }
}
