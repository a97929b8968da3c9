package dev.tollgate.springai.woven;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.tool.annotation.Tool;

/** Tools that call themselves, or others, by hand. */
public class DiggingMethods {
  private final List<String> runs = new CopyOnWriteArrayList<>();

  /** Goes on with another path than it was called with. */
  @Tool(name = "dig", description = "Digs.")
  public String dig(String path) {
    runs.add(path);
    return path.equals("/etc") ? "dug " + path : dig("/etc");
  }

  @Tool(name = "bury", description = "Buries.")
  public String bury(Map<String, Object> what) {
    runs.add("bury");
    return "buried";
  }

  /** What it was run with. */
  public List<String> runs() {
    return runs;
  }
}
