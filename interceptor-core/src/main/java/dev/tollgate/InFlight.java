package dev.tollgate;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that run. Cheap to enter and to leave; only the end of the gate waits. */
final class InFlight {
  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();

  void enter() {
    entered.increment();
  }

  void leave() {
    left.increment();
  }

  /**
   * Waits until none runs; false if some still do when the time is up, or the thread is
   * interrupted.
   */
  boolean awaitNone(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    // Left before entered: a call that enters in between counts as running.
    while (left.sum() < entered.sum()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }
}
