package dev.tollgate.spring;

import org.jspecify.annotations.Nullable;

/**
 * What the start should warn of, though no path is uncovered. A bean of each part that may have to;
 * for the adapters, not for applications.
 */
@FunctionalInterface
public interface StartWarning {
  /** One sentence; {@code null} if all is well. */
  @Nullable String text();
}
