package dev.tollgate.quarkus;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools that remember that they ran. */
@Singleton
public class FileTools {
  static final List<String> RAN = new CopyOnWriteArrayList<>();

  @Tool("Deletes a file")
  public String delete(String file) {
    RAN.add("delete " + file);
    return "deleted";
  }

  @Tool(value = "Reads a file", returnBehavior = ReturnBehavior.IMMEDIATE)
  public String read(String file) {
    RAN.add("read " + file);
    return "text";
  }
}
