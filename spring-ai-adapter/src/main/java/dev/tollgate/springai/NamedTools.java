package dev.tollgate.springai;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.util.ReflectionUtils;

/**
 * The tools that a request of Spring AI 1.1 offers by name, found where the manager finds them for
 * the model. 2.0 has no such names.
 */
final class NamedTools {
  private static final @Nullable Method NAMES =
      ReflectionUtils.findMethod(ToolCallingChatOptions.class, "getToolNames");

  /** Whether this is the line of Spring AI that has such names. */
  static final boolean USED = NAMES != null;

  /** How deep managers may be inside one another. */
  private static final int LAYERS = 5;

  private NamedTools() {}

  /**
   * What can be found of them; the rest counts as not offered.
   *
   * @param offered what the request offers as callbacks, which win over names
   */
  static List<ToolCallback> of(
      ToolCallingChatOptions options, List<ToolCallback> offered, ToolCallingManager manager) {
    if (NAMES == null
        || !(ReflectionUtils.invokeMethod(NAMES, options) instanceof Collection<?> names)
        || names.isEmpty()
        || !(resolver(manager, LAYERS) instanceof ToolCallbackResolver resolver)) {
      return offered;
    }
    List<ToolCallback> all = new ArrayList<>(offered);
    for (Object name : names) {
      boolean there =
          offered.stream().anyMatch(tool -> tool.getToolDefinition().name().equals(name));
      ToolCallback found = there || name == null ? null : resolver.resolve(name.toString());
      if (found != null) {
        all.add(found);
      }
    }
    return all;
  }

  // Spring AI's manager has no getter for it, and may be inside of one of the application's own.
  private static @Nullable Object resolver(ToolCallingManager manager, int layers) {
    Class<?> own = manager.getClass();
    Field field = ReflectionUtils.findField(own, "toolCallbackResolver");
    if (field == null && layers > 0) {
      field = ReflectionUtils.findField(own, null, ToolCallingManager.class);
    }
    Object found =
        field != null && field.trySetAccessible() ? ReflectionUtils.getField(field, manager) : null;
    return found instanceof ToolCallingManager inner ? resolver(inner, layers - 1) : found;
  }
}
