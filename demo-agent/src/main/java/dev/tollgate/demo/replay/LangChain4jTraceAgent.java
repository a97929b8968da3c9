package dev.tollgate.demo.replay;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.task.Caller;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LangChain4j's. Other than the demo's agent it keeps no chat memory, which would make one
 * conversation of all traces, and has no limit of turns.
 */
final class LangChain4jTraceAgent implements TraceAgent {
  /** The AI service. */
  interface Assistant {
    String chat(String message);
  }

  private final Assistant assistant;
  private volatile Iterator<List<PlannedCall>> turns = Collections.emptyIterator();

  LangChain4jTraceAgent(ToolGate gate, List<RecordedTool> tools) {
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
    this.assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new TurnModel())
            .tools(executors)
            .maxToolCallingRoundTrips(Integer.MAX_VALUE)
            .build();
  }

  @Override
  public void play(Caller caller, String words, List<List<PlannedCall>> planned) {
    turns = planned.iterator();
    try (Scope scope = caller.open()) {
      assistant.chat(words);
    }
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
  }

  /** A model that proposes the next turn's calls, then has done. */
  private final class TurnModel implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      Iterator<List<PlannedCall>> left = turns;
      AiMessage message =
          left.hasNext() ? AiMessage.from(requests(left.next())) : AiMessage.from("Done.");
      return ChatResponse.builder().aiMessage(message).build();
    }

    private static List<ToolExecutionRequest> requests(List<PlannedCall> calls) {
      return calls.stream()
          .map(
              call ->
                  ToolExecutionRequest.builder()
                      .id(call.id())
                      .name(call.tool())
                      .arguments(call.arguments())
                      .build())
          .toList();
    }
  }
}
