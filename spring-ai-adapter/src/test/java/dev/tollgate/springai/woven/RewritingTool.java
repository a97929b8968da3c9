package dev.tollgate.springai.woven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A tool that calls itself with other arguments than it was called with. */
public final class RewritingTool implements ToolCallback {
  private final String other;
  private final List<String> runs = new CopyOnWriteArrayList<>();

  public RewritingTool(String other) {
    this.other = other;
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return new DefaultToolDefinition("read", "A tool.", "{\"type\":\"object\"}");
  }

  @Override
  public String call(String arguments) {
    runs.add(arguments);
    return "read " + arguments;
  }

  @Override
  public String call(String arguments, @Nullable ToolContext context) {
    return call(other);
  }

  /** What it was run with. */
  public List<String> runs() {
    return runs;
  }
}
