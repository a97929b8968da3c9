package dev.tollgate.langchain4j.hostile;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.TokenStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A model in the attacker's hands: asks for what it was told to, then says that it is done. */
final class Puppet implements ChatModel {
  interface Chat {
    String chat(String message);
  }

  interface Streamed {
    TokenStream chat(String message);
  }

  private final List<AiMessage> script;
  private final AtomicInteger at = new AtomicInteger();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  private Puppet(List<AiMessage> script) {
    this.script = script;
  }

  static Puppet plays(AiMessage... script) {
    return new Puppet(List.of(script));
  }

  /** All in one response. */
  static Puppet asks(ToolExecutionRequest... calls) {
    return plays(AiMessage.from(List.of(calls)));
  }

  static Puppet asks(String tool) {
    return asks(call("1", tool));
  }

  static ToolExecutionRequest call(String id, String tool) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments("{}").build();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    int turn = at.getAndIncrement();
    return ChatResponse.builder()
        .aiMessage(turn < script.size() ? script.get(turn) : AiMessage.from("done"))
        .build();
  }

  /** The same, streamed as the attacker likes on a thread of the model's own. */
  StreamingChatModel streamed(BiConsumer<ChatResponse, StreamingChatResponseHandler> how) {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse response = Puppet.this.doChat(request);
        Thread thread = new Thread(() -> attempt(response, handler, how), "model");
        threads.add(thread);
        thread.start();
      }
    };
  }

  private static void attempt(
      ChatResponse response,
      StreamingChatResponseHandler handler,
      BiConsumer<ChatResponse, StreamingChatResponseHandler> how) {
    try {
      how.accept(response, handler);
    } catch (RuntimeException e) {
      handler.onError(e);
    }
  }

  /** Waits until it has said all it has to say, so that nothing of it reaches the next siege. */
  void ends() {
    try {
      for (int i = 0; i < threads.size(); i++) {
        threads.get(i).join(20_000);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for calls that nobody else waits for. */
  static void ends(ExecutorService pool) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("calls do not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void announce(ChatResponse response, StreamingChatResponseHandler handler) {
    List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
    for (int i = 0; i < calls.size(); i++) {
      handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
    }
  }

  /** What became of a stream: its last text or what it failed with. */
  static CompletableFuture<String> outcome(TokenStream stream) {
    CompletableFuture<String> done = new CompletableFuture<>();
    stream
        .onPartialResponse(text -> {})
        .onCompleteResponse(response -> done.complete(response.aiMessage().text()))
        .onError(error -> done.complete("failed"))
        .start();
    return done.orTimeout(20, TimeUnit.SECONDS);
  }
}
