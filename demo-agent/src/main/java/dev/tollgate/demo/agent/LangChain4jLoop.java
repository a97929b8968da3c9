package dev.tollgate.demo.agent;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.task.Caller;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A LangChain4j agent. The jar on the class path is what puts the gate in; nothing below mentions
 * it.
 */
public final class LangChain4jLoop implements AgentLoop {
  /** The agent, blocking. */
  interface OfficeAssistant {
    String chat(String message);
  }

  /** The agent, streaming. */
  interface StreamingAssistant {
    TokenStream chat(String message);
  }

  private final AtomicReference<Script> playing = new AtomicReference<>(new Script(List.of()));
  private final LangChain4jTools tools;
  private final OfficeAssistant assistant;
  private final StreamingAssistant streamingAssistant;

  private LangChain4jLoop(LangChain4jTools tools, @Nullable ModelEndpoint real) {
    this.tools = tools;
    ScriptedChatModel scripted = new ScriptedChatModel(playing::get);
    ChatModel model = real == null ? scripted : real.langChain4j();
    StreamingChatModel streaming = real == null ? scripted : real.langChain4jStreaming();
    this.assistant = with(AiServices.builder(OfficeAssistant.class).chatModel(model), tools);
    this.streamingAssistant =
        with(AiServices.builder(StreamingAssistant.class).streamingChatModel(streaming), tools);
  }

  /** An agent that works in the office. */
  public static LangChain4jLoop inOffice(
      ToolGate gate, URI office, Colleague colleague, @Nullable ModelEndpoint real) {
    TollgateLangChain4j.install(gate);
    return new LangChain4jLoop(new LangChain4jTools(new JdkOfficeClient(office), colleague), real);
  }

  private static <T> T with(AiServices<T> services, LangChain4jTools tools) {
    return services
        .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(500))
        .tools(tools)
        .build();
  }

  @Override
  public String ask(Caller caller, String message, Script model, boolean streaming) {
    playing.set(model);
    try (Scope scope = caller.open()) {
      return streaming ? streamed(message) : assistant.chat(message);
    }
  }

  private String streamed(String message) {
    CompletableFuture<String> last = new CompletableFuture<>();
    streamingAssistant
        .chat(message)
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> last.complete(response.aiMessage().text()))
        .onError(last::completeExceptionally)
        .start();
    try {
      return last.get(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the stream failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public String resume(String approvalId, Caller caller) {
    return TollgateLangChain4j.resume(approvalId, caller, tools);
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
  }
}
