package dev.tollgate.springai;

import dev.tollgate.tool.ToolDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.support.ToolDefinitions;
import org.springframework.ai.util.json.JsonParser;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * A method that is a tool.
 *
 * @param definition what the gate knows of it: for {@code @Tool} the same that a model sees; for
 *     {@code @McpTool} without the schema, which only the server makes
 */
@SuppressWarnings("removal") // the one reader of JSON that both lines of Spring AI have
record ToolMethod(Method method, ToolDefinition definition) {
  /** No parser takes it, so a call of which nobody can say what it is called with is denied. */
  private static final String UNREADABLE = "(unreadable)";

  private static final ClassValue<Map<Method, ToolMethod>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<Method, ToolMethod> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  static ToolMethod of(Method method) {
    return KNOWN
        .get(method.getDeclaringClass())
        .computeIfAbsent(method, found -> new ToolMethod(found, define(found)));
  }

  private static ToolDefinition define(Method method) {
    if (MergedAnnotations.from(method).isPresent(Tool.class)) {
      var definition = ToolDefinitions.from(method);
      return new ToolDefinition(
          definition.name(),
          definition.description(),
          definition.inputSchema(),
          ToolSources.SPRING_AI);
    }
    for (Annotation annotation : method.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals("McpTool")) {
        String name = text(annotation, "name");
        return new ToolDefinition(
            name.isEmpty() ? method.getName() : name,
            text(annotation, "description"),
            "",
            ToolSources.MCP_SERVER);
      }
    }
    return new ToolDefinition(method.getName(), "", "", ToolSources.SPRING_AI);
  }

  private static String text(Annotation annotation, String attribute) {
    return AnnotationUtils.getValue(annotation, attribute) instanceof String text ? text : "";
  }

  /** What a model would have written. */
  String json(@Nullable Object[] values) {
    Map<String, Object> named = new LinkedHashMap<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Object value = values[i];
      if (value != null && !ofFramework(parameters[i].getType())) {
        named.put(parameters[i].getName(), value);
      }
    }
    try {
      return JsonParser.toJson(named);
    } catch (RuntimeException | StackOverflowError e) {
      return UNREADABLE;
    }
  }

  /** Models do not see these parameters, so policies cannot know them. */
  private static boolean ofFramework(Class<?> type) {
    return ToolContext.class.isAssignableFrom(type)
        || type.getName().startsWith("io.modelcontextprotocol.")
        || type.getSimpleName().equals("McpSyncRequestContext")
        || type.getSimpleName().equals("McpAsyncRequestContext")
        || type.getSimpleName().equals("McpMeta");
  }

  static String text(@Nullable Object value) {
    return value instanceof String text ? text : value == null ? "" : JsonParser.toJson(value);
  }

  /** {@code null} if the text is no such thing. */
  static @Nullable Object value(String text, Method method) {
    if (method.getReturnType() == String.class) {
      return text;
    }
    try {
      return JsonParser.fromJson(text, method.getGenericReturnType());
    } catch (RuntimeException e) {
      return null;
    }
  }
}
