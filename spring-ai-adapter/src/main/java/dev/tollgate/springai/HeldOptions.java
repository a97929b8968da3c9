package dev.tollgate.springai;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an options object holds, read by reflection: the classes are the providers', most are not
 * there, and each has options of its own. Properties, and fields that have none.
 */
final class HeldOptions {
  /** In place of a value that could not be read, and may therefore be anything. */
  static final Object UNREADABLE = new Object();

  private static final ClassValue<Map<String, AccessibleObject>> MEMBERS =
      new ClassValue<>() {
        @Override
        protected Map<String, AccessibleObject> computeValue(Class<?> type) {
          return members(type);
        }
      };

  private HeldOptions() {}

  /** The values by their names, without those that are not set and those known to be plain. */
  static Map<String, Object> of(Object options) {
    Map<String, Object> held = new TreeMap<>();
    MEMBERS
        .get(options.getClass())
        .forEach(
            (name, member) -> {
              Object value = read(member, options);
              if (value != null) {
                held.put(name, value);
              }
            });
    return held;
  }

  /** Whether reflection shows anything: all options have a model, in native images too. */
  static boolean visible(Object options) {
    return MEMBERS.get(options.getClass()).containsKey(PlainOptions.MODEL);
  }

  private static Map<String, AccessibleObject> members(Class<?> type) {
    Map<String, AccessibleObject> members = new TreeMap<>();
    for (Method method : type.getMethods()) {
      String name = property(method);
      if (name != null && !PlainOptions.known(name)) {
        members.putIfAbsent(name, method);
      }
    }
    for (Class<?> part = type; part != null && !ofTheJdk(part); part = part.getSuperclass()) {
      for (Field field : part.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.isSynthetic()
            && !PlainOptions.known(field.getName())) {
          members.putIfAbsent(field.getName(), field);
        }
      }
    }
    return members;
  }

  private static boolean ofTheJdk(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  private static @Nullable String property(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    if (prefix == 0
        || name.length() == prefix
        || !Character.isUpperCase(name.charAt(prefix))
        || method.getParameterCount() > 0
        || method.getReturnType() == void.class
        || Modifier.isStatic(method.getModifiers())
        || ofTheJdk(method.getDeclaringClass())) {
      return null;
    }
    return Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
  }

  private static @Nullable Object read(AccessibleObject member, Object from) {
    if (!member.trySetAccessible()) {
      return UNREADABLE;
    }
    try {
      return member instanceof Method method ? method.invoke(from) : ((Field) member).get(from);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return UNREADABLE;
    }
  }
}
