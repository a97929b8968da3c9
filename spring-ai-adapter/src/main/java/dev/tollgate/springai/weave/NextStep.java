package dev.tollgate.springai.weave;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.method.MethodToolCallback;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * How Spring AI hands a call on from one object to the next. What is not known here counts as
 * another call, which the gate decides on.
 */
final class NextStep {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final @Nullable Field METHOD = field(MethodToolCallback.class, "toolMethod");
  private static final @Nullable Field AUGMENTED = augmented();

  private NextStep() {}

  static String name(ToolCallback callback) {
    return callback.getToolDefinition().name();
  }

  /** Whether this is what an augmented callback was made of. */
  @SuppressWarnings("ReferenceEquality") // the very object
  static boolean augments(Object runs, ToolCallback next) {
    return AUGMENTED != null
        && AUGMENTED.getDeclaringClass().isInstance(runs)
        && ReflectionUtils.getField(AUGMENTED, runs) == next;
  }

  /** Whether the method is the tool's. */
  static boolean runs(Object runs, @Nullable String tool, Method method, String named) {
    if (runs instanceof MethodToolCallback
        && METHOD != null
        && ReflectionUtils.getField(METHOD, runs) instanceof Method own) {
      return sameBody(own, method);
    }
    return !(runs instanceof ToolCallback) && named.equals(tool);
  }

  /** A proxy's method is not the one that it leads to. */
  private static boolean sameBody(Method own, Method method) {
    return own.equals(method)
        || (own.getName().equals(method.getName())
            && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())
            && method.getDeclaringClass().isAssignableFrom(own.getDeclaringClass()));
  }

  /** Spring AI writes anew what a server read. */
  static boolean equal(String decided, String with) {
    try {
      return CanonicalJson.text(JSON.parse(decided)).equals(CanonicalJson.text(JSON.parse(with)));
    } catch (JsonRefusedException e) {
      return false;
    }
  }

  // By name: not every version of Spring AI has it.
  private static @Nullable Field augmented() {
    String name = "org.springframework.ai.tool.augment.AugmentedToolCallback";
    ClassLoader loader = NextStep.class.getClassLoader();
    return ClassUtils.isPresent(name, loader)
        ? field(ClassUtils.resolveClassName(name, loader), "delegate")
        : null;
  }

  private static @Nullable Field field(Class<?> type, String name) {
    Field field = ReflectionUtils.findField(type, name);
    return field != null && field.trySetAccessible() ? field : null;
  }
}
