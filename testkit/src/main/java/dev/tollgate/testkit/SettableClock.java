package dev.tollgate.testkit;

import dev.tollgate.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Two clocks that stand until a test lets time pass. Thread-safe. */
public final class SettableClock implements GateClock {
  private volatile Instant wall;
  private final AtomicLong nanos = new AtomicLong();

  public SettableClock(Instant start) {
    this.wall = start;
  }

  @Override
  public Instant now() {
    return wall;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  /** Both clocks go on. */
  public synchronized void pass(Duration time) {
    wall = wall.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  /** The wall clock is set; the monotonic one does not notice. */
  public synchronized void set(Instant time) {
    wall = time;
  }
}
