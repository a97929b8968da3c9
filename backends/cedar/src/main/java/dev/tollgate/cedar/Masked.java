package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/**
 * What of a question is not known, because a record does not tell it. What is hidden may have any
 * value of its type; the question says that it is absent.
 */
public interface Masked {
  /**
   * Whether an attribute is hidden, such as {@code task}, {@code calls} or {@code args}, {@code
   * amount}.
   *
   * @param member {@code null} for the whole record: it is hidden if any of it is
   */
  boolean hides(String record, @Nullable String member);

  /** Whether an argument may be of another type than it should be, or missing. */
  boolean doubts(String argument);
}
