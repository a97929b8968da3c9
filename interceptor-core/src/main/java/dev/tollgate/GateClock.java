package dev.tollgate;

import java.time.Instant;

/**
 * The gate's two clocks: the wall for records, the monotonic one for everything that ends.
 * Thread-safe.
 */
public interface GateClock {

  Instant now();

  /** Nanoseconds on a clock that never goes back. */
  long nanos();

  static GateClock system() {
    return new GateClock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
