package dev.tollgate.delegation;

import dev.tollgate.GateClock;
import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The wall clock, unless it was set back: what had ended would live again, after its use was
 * forgotten. Thread-safe.
 */
final class SteadyWall {
  /** How far the clocks of two machines, or of one, may be apart. */
  static final Duration TOLERATED = Duration.ofSeconds(5);

  private final GateClock clock;
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

  SteadyWall(GateClock clock) {
    this.clock = clock;
  }

  Instant now() throws DelegationException {
    Instant now = clock.now();
    Instant seen = latest.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
    if (now.isBefore(seen.minus(TOLERATED))) {
      throw new DelegationException(ReasonCode.CLOCK_SET_BACK, "the wall clock was set back");
    }
    return now;
  }
}
