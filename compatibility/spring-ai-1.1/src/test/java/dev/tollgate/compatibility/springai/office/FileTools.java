package dev.tollgate.compatibility.springai.office;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

@Component
public class FileTools {
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @Tool(description = "Reads a file")
  String readFile(String file) {
    return note("read " + file);
  }

  @Tool(description = "Deletes a file")
  String deleteFile(String file) {
    return note("delete " + file);
  }

  String note(String what) {
    ran.add(what);
    return "done: " + what;
  }

  public List<String> ran() {
    return ran;
  }
}
