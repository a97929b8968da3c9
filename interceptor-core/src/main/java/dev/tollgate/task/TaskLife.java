package dev.tollgate.task;

import java.time.Duration;

/**
 * What changes in a task while it lives. All who carry the task share it, so a loop over several
 * agents is seen as one. Thread-safe.
 */
public final class TaskLife {
  private final CallTrail trail = new CallTrail();
  private boolean used;
  private long lastNanos;

  /**
   * Notes a use.
   *
   * @param now on the gate's monotonic clock
   * @return false if the task was idle for longer than {@code idle} before: then this is no use
   */
  public synchronized boolean use(long now, Duration idle) {
    if (used && now - lastNanos > idle.toNanos()) {
      return false;
    }
    used = true;
    lastNanos = now;
    return true;
  }

  /** The last calls. */
  public CallTrail trail() {
    return trail;
  }
}
