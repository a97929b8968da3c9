package dev.tollgate.spring;

import dev.tollgate.task.Caller;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the code on this thread works, as the runtime authenticated it; null if it did
 * not.
 */
@FunctionalInterface
public interface CallerSource {
  @Nullable Caller current();
}
