package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/** Asks for the probe tool, once, with arguments that no mode of the gate lets through. */
final class ProbeModel implements ChatModel {
  static final String TOOL = "tollgate_probe";
  private @Nullable ToolExecutionResultMessage told;

  @Override
  public ChatResponse doChat(ChatRequest request) {
    for (ChatMessage message : request.messages()) {
      if (message instanceof ToolExecutionResultMessage result) {
        told = result;
        return answer(AiMessage.from("done"));
      }
    }
    return answer(
        AiMessage.from(ToolExecutionRequest.builder().id("1").name(TOOL).arguments("[").build()));
  }

  /** What the framework told it about the call. */
  @Nullable ToolExecutionResultMessage told() {
    return told;
  }

  private static ChatResponse answer(AiMessage message) {
    return ChatResponse.builder().aiMessage(message).build();
  }
}
