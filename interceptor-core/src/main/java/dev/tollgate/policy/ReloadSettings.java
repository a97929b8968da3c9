package dev.tollgate.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often policies are looked at.
 *
 * @param every the time between two looks, 1 second or more; {@code null}: they are loaded once
 * @param maxAge how long after the last good look they still count; longer than {@code every}
 */
public record ReloadSettings(@Nullable Duration every, @Nullable Duration maxAge) {
  /** Loaded once. */
  public static final ReloadSettings NEVER = new ReloadSettings(null, null);

  private static final Duration HOUR = Duration.ofHours(1);

  public ReloadSettings {
    if (every == null ? maxAge != null : every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("policies are looked at every second at most");
    }
    if (every != null && (maxAge == null || maxAge.compareTo(every) <= 0)) {
      throw new IllegalArgumentException("the maximum age must be longer than the time of a look");
    }
  }

  /** The maximum age if none is set: an hour, or three looks. */
  public static Duration usualAge(Duration every) {
    Duration three = every.multipliedBy(3);
    return three.compareTo(HOUR) > 0 ? three : HOUR;
  }
}
