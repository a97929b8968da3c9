package dev.tollgate.springai.woven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A tool outside the package that is left out of weaving, as an application's are. */
public final class HandTool implements ToolCallback {
  private final String name;
  private final Function<String, String> body;
  private final List<String> runs = new CopyOnWriteArrayList<>();

  public HandTool(String name, Function<String, String> body) {
    this.name = name;
    this.body = body;
  }

  public static HandTool of(String name) {
    return new HandTool(name, arguments -> name + " ran");
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return new DefaultToolDefinition(name, "A tool.", "{\"type\":\"object\"}");
  }

  @Override
  public String call(String arguments) {
    return body(arguments);
  }

  /** What it does when it is called. */
  public String body(String arguments) {
    runs.add(arguments);
    return body.apply(arguments);
  }

  /** What it was run with. */
  public List<String> runs() {
    return runs;
  }
}
