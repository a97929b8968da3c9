package dev.tollgate;

import dev.tollgate.json.JsonLimits;
import java.time.Duration;

/**
 * How long and how much.
 *
 * @param task from a task's start to its deadline
 * @param admission from an admission to its dispatch
 * @param json how much the strict parser takes
 */
public record GateLimits(Duration task, Duration admission, JsonLimits json) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** 15 minutes, 30 seconds, and the parser's defaults. */
  public static final GateLimits DEFAULT =
      new GateLimits(Duration.ofMinutes(15), Duration.ofSeconds(30), JsonLimits.DEFAULT);

  public GateLimits {
    check("task", task);
    check("admission", admission);
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " limit must be above 0 and at most a year, not " + value);
    }
  }
}
