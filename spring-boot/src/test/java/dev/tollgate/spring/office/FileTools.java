package dev.tollgate.spring.office;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

@Component
public class FileTools {
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @Tool("Deletes a file")
  public String delete(@P("which") String file) {
    ran.add("delete " + file);
    return "deleted " + file;
  }

  @Tool(value = "Reads a file", returnBehavior = ReturnBehavior.IMMEDIATE)
  public String read(@P("which") String file) {
    ran.add("read " + file);
    return "text of " + file;
  }

  public List<String> ran() {
    return List.copyOf(ran);
  }
}
