package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.ParameterNameResolver;
import dev.tollgate.task.Intent;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the application passed to an agentic system when it called it.
 *
 * @param texts the texts, by the names of the parameters
 * @param conversation the memory id; {@code null} if the call belongs to none
 */
record RootRequest(Map<String, String> texts, @Nullable String conversation) {
  /** The one name that the framework itself has for a request. */
  static final String REQUEST = "request";

  static RootRequest of(Method method, Object @Nullable [] arguments) {
    Map<String, String> texts = new TreeMap<>();
    String conversation = null;
    Parameter[] parameters = method.getParameters();
    for (int i = 0; arguments != null && i < parameters.length; i++) {
      Object value = arguments[i];
      if (parameters[i].getAnnotation(MemoryId.class) != null) {
        conversation = String.valueOf(value);
      } else if (method.getDeclaringClass() == UntypedAgent.class
          && value instanceof Map<?, ?> inputs) {
        inputs.forEach((name, input) -> text(String.valueOf(name), input, texts));
      } else {
        @Nullable String name = ParameterNameResolver.name(parameters[i]);
        text(name == null ? Integer.toString(i) : name, value, texts);
      }
    }
    return new RootRequest(texts, conversation);
  }

  /** What is in a scope before anything has worked in it: what the call was made with. */
  static RootRequest in(AgenticScope scope) {
    Map<String, String> texts = new TreeMap<>();
    scope.state().forEach((name, value) -> text(name, value, texts));
    return new RootRequest(texts, null);
  }

  private static void text(String name, @Nullable Object value, Map<String, String> texts) {
    if (value instanceof CharSequence text && !text.toString().isBlank()) {
      texts.put(name, text.toString());
    }
  }

  /**
   * The intent: what is called the request, or the only text there is. Of several texts nobody says
   * which one is the user's word and which one is content to work on.
   *
   * @param trusted whether the application made the call, and not an agent
   */
  Intent intent(boolean trusted) {
    String request = texts.size() == 1 ? texts.values().iterator().next() : texts.get(REQUEST);
    return trusted && request != null
        ? Intent.human(request)
        : new Intent(Intent.Source.EVENT, String.join("\n", texts.values()));
  }
}
