package dev.tollgate.springai;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.task.Task;
import dev.tollgate.tool.ToolDefinition;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.util.ReflectionUtils;

/**
 * Tools that the model's provider runs, which never come into this process: they can only be
 * refused as options, before the model is asked. Each is decided on like a call of a tool that has
 * the option's name and the source {@code provider}.
 */
final class ProviderTools {
  private static final String SOURCE = "provider";

  // By name: options classes are the providers', and most are not there.
  private static final Map<String, String> GETTERS = getters();

  private ProviderTools() {}

  private static Map<String, String> getters() {
    Map<String, String> getters = new LinkedHashMap<>();
    for (String option :
        List.of(
            "webSearchTool",
            "skillContainer",
            "googleSearchRetrieval",
            "includeServerSideToolInvocations",
            "webSearchOptions")) {
      getters.put(option, "get" + Character.toUpperCase(option.charAt(0)) + option.substring(1));
    }
    return getters;
  }

  /** The names of the options that ask for such tools. */
  static List<String> asked(@Nullable ChatOptions options) {
    List<String> asked = new ArrayList<>();
    if (options != null) {
      GETTERS.forEach(
          (option, getter) -> {
            if (set(options, getter)) {
              asked.add(option);
            }
          });
    }
    return asked;
  }

  private static boolean set(ChatOptions options, String getter) {
    Method method = ReflectionUtils.findMethod(options.getClass(), getter);
    if (method == null) {
      return false;
    }
    ReflectionUtils.makeAccessible(method);
    Object value = ReflectionUtils.invokeMethod(method, options);
    return !(value == null
        || value.equals(false)
        || (value instanceof Collection<?> many && many.isEmpty()));
  }

  /**
   * Asks the gate about each.
   *
   * @throws ToolDeniedException if one is denied: the model must not be asked
   */
  static void decide(Supplier<ToolGate> gates, @Nullable Task task, @Nullable ChatOptions options) {
    for (String option : asked(options)) {
      ToolGate gate = gates.get();
      ToolDefinition definition =
          new ToolDefinition(option, "Run by the model's provider.", "{}", SOURCE);
      ToolResult result =
          gate.call(
              gate.propose(
                  new Proposal(task, gate.describe(definition), "{}", null, SpanOwner.GATE)),
              arguments -> ToolResult.returned(""));
      if (result instanceof ToolResult.Denied denied) {
        throw new ToolDeniedException(denied.denial());
      }
      if (result instanceof ToolResult.Failed failed) {
        throw new IllegalStateException("the provider's tool was not decided on", failed.cause());
      }
    }
  }
}
