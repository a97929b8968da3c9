package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.function.Supplier;

/** Asks for the tool that {@link #tool} names, and answers with what it was told of it. */
public final class ScriptedModel implements ChatModel, StreamingChatModel {
  static volatile String tool = "delete";

  /** How AI services of the tests name it. */
  public static final class Plain implements Supplier<ChatModel> {
    @Override
    public ChatModel get() {
      return new ScriptedModel();
    }
  }

  /** The same, streamed. */
  public static final class Streaming implements Supplier<StreamingChatModel> {
    @Override
    public StreamingChatModel get() {
      return new ScriptedModel();
    }
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    var last = request.messages().get(request.messages().size() - 1);
    return ChatResponse.builder()
        .aiMessage(
            last instanceof ToolExecutionResultMessage result
                ? AiMessage.from("told: " + result.text())
                : AiMessage.from(List.of(call())))
        .build();
  }

  private static ToolExecutionRequest call() {
    return ToolExecutionRequest.builder().id("1").name(tool).arguments("{\"file\":\"a\"}").build();
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return doChat(request);
  }

  @Override
  public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
    ChatResponse response = doChat(request);
    String text = response.aiMessage().text();
    if (text != null) {
      handler.onPartialResponse(text);
    }
    handler.onCompleteResponse(response);
  }

  @Override
  public dev.langchain4j.model.chat.request.ChatRequestParameters defaultRequestParameters() {
    return dev.langchain4j.model.chat.request.ChatRequestParameters.builder().build();
  }

  @Override
  public java.util.Set<dev.langchain4j.model.chat.Capability> supportedCapabilities() {
    return java.util.Set.of();
  }

  @Override
  public dev.langchain4j.model.ModelProvider provider() {
    return dev.langchain4j.model.ModelProvider.OTHER;
  }

  @Override
  public List<dev.langchain4j.model.chat.listener.ChatModelListener> listeners() {
    return List.of();
  }
}
