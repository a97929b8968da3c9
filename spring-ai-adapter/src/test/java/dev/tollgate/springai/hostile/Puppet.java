package dev.tollgate.springai.hostile;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** A model in the attacker's hands: asks for what it was told to, then says that it is done. */
final class Puppet implements ChatModel {
  private final List<ChatResponse> script;

  private Puppet(List<ChatResponse> script) {
    this.script = script;
  }

  static Puppet plays(ChatResponse... script) {
    return new Puppet(List.of(script));
  }

  /** All in one response. */
  static Puppet asks(ToolCall... calls) {
    return plays(response(calls));
  }

  static Puppet asks(String tool) {
    return asks(call("1", tool));
  }

  static ChatResponse response(ToolCall... calls) {
    return new ChatResponse(List.of(generation(calls)));
  }

  static Generation generation(ToolCall... calls) {
    return new Generation(AssistantMessage.builder().content("").toolCalls(List.of(calls)).build());
  }

  static ToolCall call(String id, String tool) {
    return call(id, tool, "{}");
  }

  static ToolCall call(String id, String tool, String arguments) {
    return new ToolCall(id, "function", tool, arguments);
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    int turn =
        (int)
            prompt.getInstructions().stream().filter(ToolResponseMessage.class::isInstance).count();
    return turn < script.size()
        ? script.get(turn)
        : new ChatResponse(List.of(new Generation(new AssistantMessage("done"))));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  /** What Spring AI 1.1 asks for instead. */
  @Override
  @SuppressWarnings("removal")
  public ChatOptions getDefaultOptions() {
    return getOptions();
  }
}
