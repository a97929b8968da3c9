package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.langchain4j.weave.InvokedMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Shows that an application's own {@code @Tool} methods are woven, where {@code
 * tollgate.strict=woven} demands it. Which packages are the application's nobody knows at the
 * start, so each tool is looked at when an AI service offers it.
 */
final class WovenTools {
  private static final ClassValue<String> BODIES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          StringBuilder names = new StringBuilder(" ");
          Arrays.stream(type.getDeclaredMethods())
              .map(Method::getName)
              .filter(name -> name.contains("_aroundBody"))
              .forEach(name -> names.append(name).append(' '));
          return names.toString();
        }
      };

  private WovenTools() {}

  /**
   * Looks for what the weaver leaves where it has moved a method's body behind an advice.
   *
   * @throws IllegalStateException if one is not woven and should be
   */
  static void check(Collection<ToolExecutor> tools, @Nullable Installation current) {
    if (current == null || current.settings().strictness() != Strictness.WOVEN) {
      return;
    }
    for (ToolExecutor tool : tools) {
      if (tool instanceof DefaultToolExecutor executor
          && !woven(InvokedMethod.registered(executor))) {
        throw new IllegalStateException(
            "tollgate.strict=woven, and "
                + InvokedMethod.registered(executor)
                + " is not woven: weave its package, and let @Tool stand at the method that has"
                + " the body (docs/weaving.md)");
      }
    }
  }

  private static boolean woven(@Nullable Method method) {
    return method != null
        && BODIES.get(method.getDeclaringClass()).contains(" " + method.getName() + "_aroundBody");
  }
}
