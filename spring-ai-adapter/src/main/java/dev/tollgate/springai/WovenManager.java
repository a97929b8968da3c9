package dev.tollgate.springai;

import java.util.List;
import java.util.function.BiFunction;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A manager that an aspect has stopped: what runs is the rest of it.
 *
 * @param manager the application's own
 */
record WovenManager(
    ToolCallingManager manager, BiFunction<Prompt, ChatResponse, ToolExecutionResult> rest)
    implements ToolCallingManager {
  @Override
  public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
    return manager.resolveToolDefinitions(options);
  }

  @Override
  public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
    return rest.apply(prompt, response);
  }
}
