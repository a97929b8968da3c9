package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a scope lives for one root call only. The framework knows and has no way to ask. */
final class ScopeKind {
  private static final Logger log = LoggerFactory.getLogger(ScopeKind.class);
  private static final @Nullable Field KIND = field();

  private ScopeKind() {}

  /** Also {@code false} where it cannot be known. */
  static boolean ephemeral(AgenticScope scope) {
    try {
      return KIND != null
          && scope instanceof DefaultAgenticScope
          && KIND.get(scope) == DefaultAgenticScope.Kind.EPHEMERAL;
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  private static @Nullable Field field() {
    try {
      Field kind = DefaultAgenticScope.class.getDeclaredField("kind");
      kind.setAccessible(true);
      return kind;
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.warn("this version of langchain4j-agentic does not say how long a scope lives");
      return null;
    }
  }
}
