package dev.tollgate.demo.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.task.Caller;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final OfficeAssistant assistant;
  private final StreamingAssistant streamingAssistant;

  private LangChain4jLoop(Object tools, @Nullable ModelEndpoint real) {
    ScriptedChatModel scripted = new ScriptedChatModel(playing::get);
    ChatModel model = real == null ? scripted : real.langChain4j();
    StreamingChatModel streaming = real == null ? scripted : real.langChain4jStreaming();
    this.assistant = with(AiServices.builder(OfficeAssistant.class).chatModel(model), tools);
    this.streamingAssistant =
        with(AiServices.builder(StreamingAssistant.class).streamingChatModel(streaming), tools);
  }

  /** An agent that works in the office. */
  public static LangChain4jLoop inOffice(ToolGate gate, URI office, @Nullable ModelEndpoint real) {
    TollgateLangChain4j.install(gate);
    return new LangChain4jLoop(new LangChain4jTools(new JdkOfficeClient(office)), real);
  }

  /** An agent whose tools are data. */
  public static LangChain4jLoop with(ToolGate gate, List<RecordedTool> tools) {
    TollgateLangChain4j.install(gate);
    Map<ToolSpecification, ToolExecutor> executors = new LinkedHashMap<>();
    for (RecordedTool tool : tools) {
      ToolSpecification specification =
          ToolSpecification.builder()
              .name(tool.name())
              .description(tool.description())
              .parameters(JsonObjectSchema.builder().build())
              .build();
      executors.put(specification, (request, memory) -> tool.body().apply(request.arguments()));
    }
    return new LangChain4jLoop(executors, null);
  }

  @SuppressWarnings("unchecked")
  private static <T> T with(AiServices<T> services, Object tools) {
    services.chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(500));
    if (tools instanceof Map<?, ?> map) {
      services.tools((Map<ToolSpecification, ToolExecutor>) map);
    } else {
      services.tools(tools);
    }
    return services.build();
  }

  @Override
  public String framework() {
    return "langchain4j";
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
  public void close() {
    TollgateLangChain4j.uninstall();
  }
}
