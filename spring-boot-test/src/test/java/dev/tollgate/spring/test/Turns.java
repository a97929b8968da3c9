package dev.tollgate.spring.test;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** A model that asks for the tool whose name is the user's first word, then repeats its result. */
public final class Turns implements ChatModel {
  @Override
  public ChatResponse call(Prompt prompt) {
    Message last = prompt.getInstructions().get(prompt.getInstructions().size() - 1);
    if (last instanceof ToolResponseMessage results) {
      return response(new AssistantMessage(results.getResponses().get(0).responseData()));
    }
    String tool = String.valueOf(last.getText()).split(" ", 2)[0];
    return response(
        AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", tool, "{}")))
            .build());
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
}
