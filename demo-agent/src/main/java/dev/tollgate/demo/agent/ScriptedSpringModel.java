package dev.tollgate.demo.agent;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** Spring AI's model, playing the script of the moment. */
final class ScriptedSpringModel implements ChatModel {
  private final Supplier<Script> script;

  ScriptedSpringModel(Supplier<Script> script) {
    this.script = script;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    Script playing = script.get();
    List<AssistantMessage.ToolCall> calls =
        playing.nextTurn(prompt.getInstructions().toString()).stream()
            .map(
                call ->
                    new AssistantMessage.ToolCall(
                        call.id(), "function", call.tool(), call.arguments()))
            .toList();
    AssistantMessage message =
        calls.isEmpty()
            ? new AssistantMessage(playing.lastWord())
            : AssistantMessage.builder().content("").toolCalls(calls).build();
    return new ChatResponse(List.of(new Generation(message)));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }
}
