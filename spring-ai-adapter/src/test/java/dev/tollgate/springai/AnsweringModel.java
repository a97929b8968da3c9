package dev.tollgate.springai;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.definition.ToolDefinition;
import reactor.core.publisher.Flux;

/**
 * A model that asks for one turn of calls and then answers in words of its own. As Spring AI's own
 * models do it asks a manager for the tools to offer, in a stream when it is subscribed to.
 */
final class AnsweringModel implements ChatModel {
  static final String ANSWER = "I have done what I may.";
  private final List<AssistantMessage.ToolCall> calls;
  private final List<List<String>> offered = new CopyOnWriteArrayList<>();
  private final List<List<String>> results = new CopyOnWriteArrayList<>();
  private volatile ToolCallingManager manager = ToolCallingManager.builder().build();

  AnsweringModel(AssistantMessage.ToolCall... calls) {
    this.calls = List.of(calls);
  }

  void uses(ToolCallingManager guarded) {
    manager = guarded;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    if (prompt.getOptions() instanceof ToolCallingChatOptions options) {
      offered.add(
          manager.resolveToolDefinitions(options).stream().map(ToolDefinition::name).toList());
    }
    if (prompt.getInstructions().get(prompt.getInstructions().size() - 1)
        instanceof ToolResponseMessage turn) {
      results.add(
          turn.getResponses().stream()
              .map(ToolResponseMessage.ToolResponse::responseData)
              .toList());
      return new ChatResponse(List.of(new Generation(new AssistantMessage(ANSWER))));
    }
    return ScriptedModel.asking(calls);
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.deferContextual(context -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  /** The names of the tools of each request. */
  List<List<String>> offered() {
    return offered;
  }

  /** The tool results of each request that had any. */
  List<List<String>> results() {
    return results;
  }
}
