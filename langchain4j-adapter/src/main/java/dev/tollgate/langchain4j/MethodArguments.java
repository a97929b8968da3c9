package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.internal.Json;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.ParameterNameResolver;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a Java call in the form that policies read: what a model would have written. */
final class MethodArguments {
  /** No parser takes it, so a call of which nobody can say what it is called with is denied. */
  private static final String UNREADABLE = "(unreadable)";

  private MethodArguments() {}

  static String json(Method method, @Nullable Object[] values) {
    Map<String, Object> named = new LinkedHashMap<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Object value = plain(values[i]);
      if (value != null && !ofFramework(parameters[i])) {
        named.put(name(parameters[i]), value);
      }
    }
    try {
      return Json.toJson(named);
    } catch (RuntimeException | StackOverflowError e) {
      return UNREADABLE;
    }
  }

  /** {@code null} if the text is no such thing. */
  static @Nullable Object value(String json, Type type) {
    try {
      return Json.fromJson(json, type);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Models do not see these parameters, so policies cannot know them. */
  private static boolean ofFramework(Parameter parameter) {
    Class<?> type = parameter.getType();
    return parameter.isAnnotationPresent(ToolMemoryId.class)
        || InvocationParameters.class.isAssignableFrom(type)
        || LangChain4jManaged.class.isAssignableFrom(type)
        || type == InvocationContext.class;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  private static String name(Parameter parameter) {
    P named = parameter.getAnnotation(P.class);
    @Nullable String resolved =
        named != null && !named.name().isBlank()
            ? named.name()
            : ParameterNameResolver.name(parameter);
    return resolved == null ? parameter.getName() : resolved;
  }
}
