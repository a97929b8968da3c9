package dev.tollgate.task;

import java.util.Arrays;

/**
 * The fingerprints of a task's last calls, and how often its loops were stepped up. Thread-safe.
 */
public final class CallTrail {
  /** As many as are remembered. */
  public static final int LENGTH = 24;

  private final long[] last = new long[LENGTH];
  private int size;
  private int warnings;

  /**
   * Adds a call.
   *
   * @return the calls up to this one, the oldest first
   */
  public synchronized long[] add(long fingerprint) {
    if (size == LENGTH) {
      System.arraycopy(last, 1, last, 0, LENGTH - 1);
      size--;
    }
    last[size++] = fingerprint;
    return Arrays.copyOf(last, size);
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
