package dev.tollgate.langchain4j;

import dev.tollgate.tool.ToolDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/**
 * A {@code @CompensateFor} method: a tool of its own, named as the method, never the tool that it
 * undoes. The annotation is known by its name: it came with LangChain4j 1.17.
 */
final class UndoMethod {
  private static final String ANNOTATION = "dev.langchain4j.agent.tool.CompensateFor";
  private static final String SOURCE = ToolOrigin.LANGCHAIN4J + ":undo";

  private UndoMethod() {}

  static boolean is(Method method) {
    for (Annotation one : method.getAnnotations()) {
      if (one.annotationType().getName().equals(ANNOTATION)) {
        return true;
      }
    }
    return false;
  }

  static ToolDefinition definition(Method method) {
    return new ToolDefinition(method.getName(), "", "", SOURCE);
  }

  static boolean isSourceOf(ToolDefinition definition) {
    return definition.source().equals(SOURCE);
  }
}
