package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A model that plays turns, and then says that it is done. */
final class Script implements ChatModel {
  private final List<Supplier<AiMessage>> turns = new ArrayList<>();
  private final AtomicInteger at = new AtomicInteger();

  /** Asks for the deed at once. */
  static Script acting(Trial trial) {
    return new Script().acts(trial, Deed.NAME);
  }

  Script says(String text) {
    turns.add(() -> AiMessage.from(text));
    return this;
  }

  Script asks(String tool, String arguments) {
    turns.add(() -> AiMessage.from(call("0", tool, arguments)));
    return this;
  }

  /** From this turn on the case holds: these are the calls that the trial is about. */
  Script acts(Trial trial, String... tools) {
    ToolExecutionRequest[] calls = new ToolExecutionRequest[tools.length];
    for (int i = 0; i < tools.length; i++) {
      calls[i] = call("act" + i, tools[i], "{\"what\":\"" + i + "\"}");
    }
    return acts(trial, calls);
  }

  Script acts(Trial trial, ToolExecutionRequest... calls) {
    turns.add(
        () -> {
          trial.arm();
          return AiMessage.from(List.of(calls));
        });
    return this;
  }

  static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments(arguments).build();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    int turn = at.getAndIncrement();
    AiMessage message = turn < turns.size() ? turns.get(turn).get() : AiMessage.from("done");
    return ChatResponse.builder().aiMessage(message).build();
  }

  /** The same turns, streamed on a thread of the model's own. */
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
}
