package dev.tollgate.spring;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks for one tool in each conversation, and remembers what it was told of it. */
final class ScriptedModel implements ChatModel {
  private final String tool;
  private final List<String> told = new CopyOnWriteArrayList<>();

  ScriptedModel(String tool) {
    this.tool = tool;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    boolean answered = false;
    for (var message : request.messages()) {
      if (message instanceof ToolExecutionResultMessage result) {
        told.add(result.text());
        answered = true;
      }
    }
    return ChatResponse.builder()
        .aiMessage(answered ? AiMessage.from("done") : AiMessage.from(List.of(call())))
        .build();
  }

  private ToolExecutionRequest call() {
    return ToolExecutionRequest.builder().id("1").name(tool).arguments("{\"file\":\"a\"}").build();
  }

  List<String> told() {
    return told;
  }
}
