package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that plays what it was given, and remembers what it was asked. */
final class ScriptedModel implements ChatModel {
  private final List<AiMessage> script;
  private final AtomicInteger at = new AtomicInteger();
  private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

  private ScriptedModel(List<AiMessage> script) {
    this.script = script;
  }

  static ScriptedModel plays(AiMessage... script) {
    return new ScriptedModel(List.of(script));
  }

  /** One call, then an answer. */
  static ScriptedModel calls(String tool, String arguments) {
    return plays(asks(call("1", tool, arguments)), AiMessage.from("done"));
  }

  static AiMessage asks(ToolExecutionRequest... calls) {
    return AiMessage.from(List.of(calls));
  }

  static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments(arguments).build();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    requests.add(request);
    return ChatResponse.builder().aiMessage(script.get(at.getAndIncrement())).build();
  }

  /** The same script, streamed on a thread of the model's own. */
  StreamingChatModel streaming() {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        new Thread(() -> stream(request, handler), "model").start();
      }
    };
  }

  private void stream(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      ChatResponse response = doChat(request);
      List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
      for (int i = 0; i < calls.size(); i++) {
        handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
      }
      handler.onCompleteResponse(response);
    } catch (RuntimeException e) {
      handler.onError(e);
    }
  }

  List<ChatRequest> requests() {
    return requests;
  }

  /** What the model was told about the calls it asked for, as of its last turn. */
  List<ToolExecutionResultMessage> results() {
    List<ChatMessage> last = requests.get(requests.size() - 1).messages();
    return last.stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(ToolExecutionResultMessage.class::cast)
        .toList();
  }
}
