package dev.tollgate.springai;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Stands for a name that the model made up or was not offered. Spring AI would abort the chat; this
 * way the model gets a denial. No model is ever shown the definition, and the body never runs.
 */
final class UnofferedToolCallback implements ToolCallback {
  private final ToolDefinition definition;

  UnofferedToolCallback(String name) {
    this.definition = new Definition(name);
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return definition;
  }

  @Override
  public String call(String arguments) {
    throw new IllegalStateException("a tool that was not offered was about to run");
  }

  /** Spring AI's own refuses an empty name, which a model may write. */
  private record Definition(String name) implements ToolDefinition {
    @Override
    public String description() {
      return "not offered";
    }

    @Override
    public String inputSchema() {
      return "{}";
    }
  }
}
