package dev.tollgate.langchain4j.measured;

import dev.langchain4j.agent.tool.Tool;

/** Two methods that do the same, in a package that the weaver sees. One of them is a tool. */
public final class WovenTool {
  private int sum;

  @Tool("Adds")
  public int tool(int by) {
    sum += by;
    return sum;
  }

  public int method(int by) {
    sum += by;
    return sum;
  }
}
