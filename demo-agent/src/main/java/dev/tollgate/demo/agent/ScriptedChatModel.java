package dev.tollgate.demo.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.function.Supplier;

/** LangChain4j's model, playing the script of the moment. */
final class ScriptedChatModel implements ChatModel, StreamingChatModel {
  private final Supplier<Script> script;

  ScriptedChatModel(Supplier<Script> script) {
    this.script = script;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return answer(request);
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ChatResponse answer = answer(request);
    if (!answer.aiMessage().hasToolExecutionRequests()) {
      handler.onPartialResponse(answer.aiMessage().text());
    }
    handler.onCompleteResponse(answer);
  }

  private ChatResponse answer(ChatRequest request) {
    Script playing = script.get();
    List<ToolExecutionRequest> calls =
        playing.nextTurn(request.messages().toString()).stream()
            .map(
                call ->
                    ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.tool())
                        .arguments(call.arguments())
                        .build())
            .toList();
    AiMessage message =
        calls.isEmpty() ? AiMessage.from(playing.lastWord()) : AiMessage.from(calls);
    return ChatResponse.builder().aiMessage(message).build();
  }

  @Override
  public java.util.Set<dev.langchain4j.model.chat.Capability> supportedCapabilities() {
    return java.util.Set.of();
  }

  @Override
  public dev.langchain4j.model.chat.request.ChatRequestParameters defaultRequestParameters() {
    return dev.langchain4j.model.chat.request.DefaultChatRequestParameters.EMPTY;
  }

  @Override
  public List<dev.langchain4j.model.chat.listener.ChatModelListener> listeners() {
    return List.of();
  }

  @Override
  public dev.langchain4j.model.ModelProvider provider() {
    return dev.langchain4j.model.ModelProvider.OTHER;
  }
}
