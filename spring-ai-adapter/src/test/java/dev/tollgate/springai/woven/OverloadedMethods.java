package dev.tollgate.springai.woven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.tool.annotation.Tool;

/** A method that an application makes a tool of itself, and a tool of the same name. */
public class OverloadedMethods {
  private final List<String> runs = new CopyOnWriteArrayList<>();

  /** Goes on with the other one. */
  public String dig(String path) {
    return dig(path, 3);
  }

  @Tool(name = "dig", description = "Digs.")
  public String dig(String path, int metres) {
    runs.add(path + metres);
    return "dug " + metres;
  }

  /** What the tool was run with. */
  public List<String> runs() {
    return runs;
  }
}
