package dev.tollgate.langchain4j.weave;

import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an executor: the one it is registered for, which older versions of the framework
 * keep to themselves, and the one it really calls, which all do. Without the second an undo could
 * not be told from the call that it undoes.
 */
public final class InvokedMethod {
  private static final @Nullable Field CALLED = field("methodToInvoke");
  private static final @Nullable Field REGISTERED = field("originalMethod");

  private InvokedMethod() {}

  /** The one that it calls; {@code null} if this version of the framework does not say. */
  public static @Nullable Method of(DefaultToolExecutor executor) {
    return read(CALLED, executor);
  }

  /** The one it is registered for; {@code null} if this version of the framework does not say. */
  public static @Nullable Method registered(DefaultToolExecutor executor) {
    return read(REGISTERED, executor);
  }

  private static @Nullable Method read(@Nullable Field field, DefaultToolExecutor executor) {
    try {
      return field == null ? null : (Method) field.get(executor);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static @Nullable Field field(String name) {
    try {
      Field field = DefaultToolExecutor.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.getType() == Method.class ? field : null;
    } catch (NoSuchFieldException | RuntimeException e) {
      return null;
    }
  }
}
