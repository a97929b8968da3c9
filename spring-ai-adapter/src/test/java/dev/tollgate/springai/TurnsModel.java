package dev.tollgate.springai;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/**
 * A model that asks for one list of calls a turn, by what the user said, and then repeats all that
 * it was told. Without state, so that agents can use it at the same time.
 */
final class TurnsModel implements ChatModel {
  private final Map<String, List<List<ToolCall>>> scripts;
  private final List<String> told = new CopyOnWriteArrayList<>();

  TurnsModel(Map<String, List<List<ToolCall>>> scripts) {
    this.scripts = scripts;
  }

  /** One turn of one agent, whose user says go. */
  static TurnsModel of(ToolCall... calls) {
    return turns(List.of(List.of(calls)));
  }

  static TurnsModel turns(List<List<ToolCall>> turns) {
    return new TurnsModel(Map.of("go", turns));
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    List<ToolResponseMessage> turns =
        prompt.getInstructions().stream()
            .filter(ToolResponseMessage.class::isInstance)
            .map(ToolResponseMessage.class::cast)
            .toList();
    String results =
        turns.stream()
            .flatMap(turn -> turn.getResponses().stream())
            .map(ToolResponseMessage.ToolResponse::responseData)
            .collect(Collectors.joining(" | "));
    told.add(results);
    List<List<ToolCall>> script =
        scripts.getOrDefault(String.valueOf(prompt.getUserMessage().getText()), List.of());
    return turns.size() < script.size()
        ? ScriptedModel.asking(script.get(turns.size()))
        : new ChatResponse(List.of(new Generation(new AssistantMessage(results))));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  /** All that any agent was told by tools. */
  List<String> told() {
    return told;
  }
}
