package dev.tollgate.springai;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** A model that asks for tools as told, and then repeats what it was given. */
final class ScriptedModel implements ChatModel {
  private final Function<Prompt, List<ToolCall>> script;
  private final List<Prompt> prompts = new CopyOnWriteArrayList<>();

  ScriptedModel(Function<Prompt, List<ToolCall>> script) {
    this.script = script;
  }

  static ScriptedModel asking(ToolCall... calls) {
    return new ScriptedModel(prompt -> List.of(calls));
  }

  static ToolCall tool(String id, String name, String arguments) {
    return new ToolCall(id, "function", name, arguments);
  }

  static ToolCall tool(String name) {
    return tool("id-" + name, name, "{}");
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    prompts.add(prompt);
    Message last = prompt.getInstructions().get(prompt.getInstructions().size() - 1);
    if (last instanceof ToolResponseMessage results) {
      return response(
          new AssistantMessage(
              String.join(
                  " | ",
                  results.getResponses().stream()
                      .map(ToolResponseMessage.ToolResponse::responseData)
                      .toList())));
    }
    return asking(script.apply(prompt));
  }

  static ChatResponse asking(List<ToolCall> calls) {
    return response(AssistantMessage.builder().content("").toolCalls(calls).build());
  }

  private static ChatResponse response(AssistantMessage message) {
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

  List<Prompt> prompts() {
    return prompts;
  }
}
