package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools that remember that they ran. */
final class Office {
  final List<String> ran = new CopyOnWriteArrayList<>();

  @Tool("Sends a mail")
  String send(@P("to whom") String to, @P("what") String text) {
    ran.add("send " + to + ": " + text);
    return "sent to " + to;
  }

  @Tool("Deletes a file")
  String delete(@P("which") String file) {
    ran.add("delete " + file);
    return "deleted";
  }

  @Tool(value = "Reads a file", returnBehavior = ReturnBehavior.IMMEDIATE)
  String read(@P("which") String file) {
    ran.add("read " + file);
    return "text of " + file;
  }

  @Tool("Breaks")
  String fail() {
    ran.add("fail");
    throw new IllegalArgumentException("the printer is on fire");
  }
}
