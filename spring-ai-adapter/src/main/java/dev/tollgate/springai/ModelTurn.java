package dev.tollgate.springai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * A turn as Spring AI hands it to a manager.
 *
 * @param prompt the messages before the response, and options with the tools
 * @param response the model's response with its calls
 */
record ModelTurn(Prompt prompt, ChatResponse response) {

  /** {@code null} if they are none that offer tools. */
  @Nullable ToolCallingChatOptions options() {
    return prompt.getOptions() instanceof ToolCallingChatOptions options ? options : null;
  }

  /** The calls that Spring AI will execute: those of the first generation that has any. */
  List<AssistantMessage.ToolCall> proposed() {
    for (Generation generation : response.getResults()) {
      if (generation.getOutput().hasToolCalls()) {
        return generation.getOutput().getToolCalls();
      }
    }
    return List.of();
  }

  /** Whether a guard has decided on what this turn runs. */
  boolean decided() {
    List<ToolCallback> offered = callbacks(options());
    for (ToolCallback callback : offered) {
      if (!(callback instanceof GuardedToolCallback)) {
        return false;
      }
    }
    return !offered.isEmpty();
  }

  /**
   * The prompt with these tools, and only what execution needs: no options class of a provider gets
   * in the way.
   */
  Prompt running(List<ToolCallback> guarded) {
    ToolCallingChatOptions.Builder<?> neutral =
        ToolCallingChatOptions.builder().toolCallbacks(guarded);
    ToolCallingChatOptions given = options();
    Map<String, Object> context = given == null ? null : given.getToolContext();
    if (context != null) {
      neutral.toolContext(context);
    }
    return new Prompt(prompt.getInstructions(), neutral.build());
  }

  /** Those that the options carry themselves, without what they only name. */
  static List<ToolCallback> callbacks(@Nullable ToolCallingChatOptions options) {
    List<ToolCallback> found = options == null ? null : options.getToolCallbacks();
    return found == null ? List.of() : found;
  }
}
