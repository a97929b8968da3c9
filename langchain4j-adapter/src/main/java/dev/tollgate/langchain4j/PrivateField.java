package dev.tollgate.langchain4j;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A field that the framework keeps to itself. Where another version has none of that name, nothing
 * is known: then a tool of an MCP server comes from no server by name, and no lock holds it.
 */
final class PrivateField {
  private static final Logger log = LoggerFactory.getLogger(TollgateLangChain4j.class);
  private final @Nullable Field field;

  PrivateField(Class<?> type, String name) {
    this.field = open(type, name);
  }

  /** Its value, {@code null} if it cannot be read or is of another type. */
  <T> @Nullable T of(Object object, Class<T> type) {
    try {
      Object value = field == null ? null : field.get(object);
      return type.isInstance(value) ? type.cast(value) : null;
    } catch (IllegalAccessException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Field open(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.warn(
          "{} has no {} to read, so less is known of MCP tools (docs/mcp.md): {}",
          type.getName(),
          name,
          e.getClass().getSimpleName());
      return null;
    }
  }
}
