package dev.tollgate.springai;

import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;

/** Turns that an application runs itself, with a manager and no client. */
final class Turns {
  private Turns() {}

  /** What a call was answered. */
  static String of(
      ToolCallingManager manager, AssistantMessage.ToolCall call, ToolCallback... tools) {
    Prompt prompt =
        new Prompt(
            List.of(new UserMessage("read it")),
            ToolCallingChatOptions.builder().toolCallbacks(List.of(tools)).build());
    List<Message> history =
        manager.executeToolCalls(prompt, ScriptedModel.asking(List.of(call))).conversationHistory();
    return ((ToolResponseMessage) history.get(history.size() - 1))
        .getResponses()
        .get(0)
        .responseData();
  }
}
