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
  /** 15 minutes, 30 seconds, and the parser's defaults. */
  public static final GateLimits DEFAULT =
      new GateLimits(Duration.ofMinutes(15), Duration.ofSeconds(30), JsonLimits.DEFAULT);
}
