package dev.tollgate.task;

import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of a task's last calls, and how often its loops were stepped up. Thread-safe.
 */
public final class CallTrail {
  /** As many as are remembered. */
  public static final int LENGTH = 24;

  private final long[] last = new long[LENGTH];
  private int size;
  private int warnings;

  /** What is made of the calls of a trail. */
  @FunctionalInterface
  public interface Reading<R> {
    /**
     * Reads the fingerprints, the oldest first. They are the trail's own: nothing may keep them.
     *
     * @param last holds them
     * @param size how many there are
     */
    @Nullable R of(long[] last, int size);
  }

  /** Adds a call, and reads the calls up to it. */
  public synchronized <R> @Nullable R add(long fingerprint, Reading<R> reading) {
    if (size == LENGTH) {
      System.arraycopy(last, 1, last, 0, LENGTH - 1);
      size--;
    }
    last[size++] = fingerprint;
    return reading.of(last, size);
  }

  /** Counts one more step-up; returns how many there were before. */
  public synchronized int warn() {
    return warnings++;
  }

  /** Takes over how often another's loops were stepped up. */
  synchronized void warned(int times) {
    warnings = times;
  }

  /** How often its loops were stepped up. */
  public synchronized int warnings() {
    return warnings;
  }

  /** Forgets the calls, not the warnings: a person has looked at them. */
  public synchronized void clear() {
    size = 0;
  }
}
