package dev.tollgate.springai.coverage;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** A model that plays the turns of the trial at hand, and then says that it is done. */
final class Script implements ChatModel {
  private static final ChatOptions PLAIN = ToolCallingChatOptions.builder().build();
  private volatile ChatOptions options = PLAIN;
  private final Queue<Supplier<AssistantMessage>> turns = new ConcurrentLinkedQueue<>();

  /** What an earlier trial left is not this one's. */
  void clear() {
    turns.clear();
    options = PLAIN;
  }

  void says(Supplier<AssistantMessage> turn) {
    turns.add(turn);
  }

  /** What it is asked with where a request says nothing, until the next trial. */
  void asksWith(ChatOptions value) {
    options = value;
  }

  /** Asks for a tool in its next turn. From there on the case holds. */
  void acts(Trial trial, String tool) {
    says(
        () -> {
          trial.arm();
          return asking(tool);
        });
  }

  /** A model's wish to have a tool called. */
  static AssistantMessage asking(String tool) {
    ToolCall call = new ToolCall("act0", "function", tool, Deed.ARGUMENTS);
    return AssistantMessage.builder().content("").toolCalls(List.of(call)).build();
  }

  static ChatResponse response(AssistantMessage message) {
    return new ChatResponse(List.of(new Generation(message)));
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    Supplier<AssistantMessage> turn = turns.poll();
    return response(turn == null ? new AssistantMessage("done") : turn.get());
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return options;
  }

  /** What Spring AI 1.1 asks for instead. */
  @Override
  @SuppressWarnings("removal")
  public ChatOptions getDefaultOptions() {
    return getOptions();
  }
}
