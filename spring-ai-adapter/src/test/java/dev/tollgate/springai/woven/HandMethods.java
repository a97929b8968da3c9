package dev.tollgate.springai.woven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.annotation.Tool;

/** Methods that are tools, outside the package that is left out of weaving. */
public class HandMethods {
  private final List<String> runs = new CopyOnWriteArrayList<>();

  @Tool(description = "Reads.")
  public String read(String path) {
    runs.add(path);
    return "read ran";
  }

  @Tool(name = "twice", description = "Reads twice.")
  public String readTwice(String path) {
    return read(path) + read(path);
  }

  @Tool(description = "Fails.")
  public int fail() {
    throw new IllegalArgumentException("as told");
  }

  @Tool(description = "Looks up.")
  public String look() {
    throw new IllegalArgumentException("no account DE02");
  }

  @McpTool(name = "serve", description = "Serves.")
  public String served(String path) {
    runs.add(path);
    return "serve ran";
  }

  /** What it was run with. */
  public List<String> runs() {
    return runs;
  }
}
