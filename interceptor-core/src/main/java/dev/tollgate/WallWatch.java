package dev.tollgate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Notices a wall clock that was set back: what had ended would live again, after its use was
 * forgotten. Thread-safe.
 */
public final class WallWatch {
  /** How far the clocks of two machines, or of one, may be apart. */
  public static final Duration TOLERATED = Duration.ofSeconds(5);

  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

  /** Whether the wall showed a time before, by more than is tolerated, that lies after this one. */
  public boolean setBack(Instant now) {
    Instant seen = latest.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
    return now.isBefore(seen) && now.isBefore(seen.minus(TOLERATED));
  }
}
