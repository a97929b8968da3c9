package dev.tollgate.springai;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A call that must be denied, made through a manager at start: it belongs to no task, and its
 * arguments are not JSON, which even observe mode denies.
 */
final class Probe implements ToolCallback {
  private static final String NAME = "tollgate_probe";
  private final AtomicBoolean ran = new AtomicBoolean();

  private Probe() {}

  /** What is wrong with the manager's guard, {@code null} if it denied the call. */
  static @Nullable String failure(ToolCallingManager manager) {
    Probe probe = new Probe();
    try {
      List<Message> history =
          manager.executeToolCalls(prompt(probe), response()).conversationHistory();
      if (probe.ran.get()) {
        return "ran a call that the gate must deny";
      }
      return history.get(history.size() - 1) instanceof ToolResponseMessage answer
              && answer.getResponses().stream()
                  .allMatch(one -> one.responseData().startsWith("{\"error\":\"denied\""))
          ? null
          : "did not hand the gate's denial back";
    } catch (ToolDeniedException e) {
      return null; // the application wants denials that way
    } catch (RuntimeException e) {
      return "failed on the probe call with " + e.getClass().getName();
    }
  }

  private static Prompt prompt(Probe probe) {
    return new Prompt(
        List.of(new UserMessage("probe")),
        ToolCallingChatOptions.builder().toolCallbacks(List.of(probe)).build());
  }

  private static ChatResponse response() {
    return new ChatResponse(
        List.of(
            new Generation(
                AssistantMessage.builder()
                    .content("")
                    .toolCalls(
                        List.of(
                            new AssistantMessage.ToolCall("probe", "function", NAME, "not JSON")))
                    .build())));
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return new DefaultToolDefinition(NAME, "Tollgate checks itself.", "{}");
  }

  @Override
  public String call(String arguments) {
    ran.set(true);
    return "ran";
  }
}
