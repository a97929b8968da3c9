package dev.tollgate.springai;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Stands for every tool where there is no gate to ask. */
final class NoGateCallback implements ToolCallback {
  private final ToolDefinition definition;

  private NoGateCallback(String name) {
    this.definition = new UnofferedToolCallback(name).getToolDefinition();
  }

  /** The same prompt, in which no tool can run. */
  static Prompt instead(Prompt prompt, ChatResponse response) {
    List<ToolCallback> none =
        new ModelTurn(prompt, response)
            .proposed().stream()
                .map(AssistantMessage.ToolCall::name)
                .distinct()
                .<ToolCallback>map(NoGateCallback::new)
                .toList();
    return new Prompt(
        prompt.getInstructions(), ToolCallingChatOptions.builder().toolCallbacks(none).build());
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return definition;
  }

  @Override
  public String call(String arguments) {
    return WovenGate.NO_GATE.forModel();
  }
}
