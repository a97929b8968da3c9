package dev.tollgate.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What changes in a task while it lives. All who carry the task share it, so a loop over several
 * agents is seen as one. Thread-safe.
 */
public final class TaskLife {
  private final CallTrail trail = new CallTrail();
  private final TaskSequence sequence = new TaskSequence();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong denials = new AtomicLong();
  private boolean used;
  private long lastNanos;

  /** A life that goes on from here. */
  public static TaskLife after(TaskHistory history) {
    TaskLife life = new TaskLife();
    life.sequence.follow(history);
    life.calls.set(history.calls());
    life.denials.set(history.denials());
    life.trail.warned(history.warnings());
    return life;
  }

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

  /** A call was decided on. */
  public void decided() {
    calls.incrementAndGet();
  }

  /** A call was denied, or stopped before it ran. */
  public void denied() {
    denials.incrementAndGet();
  }

  /** How many calls were decided on. */
  public long calls() {
    return calls.get();
  }

  /** How many were denied. */
  public long denials() {
    return denials.get();
  }

  /** What the task has done by now. */
  public TaskHistory history() {
    return new TaskHistory(
        calls(),
        denials(),
        trail.warnings(),
        sequence.effects(),
        sequence.sensitivities(),
        sequence.trust(),
        sequence.zones(),
        sequence.labels());
  }

  /** What it has read and sent. */
  public TaskSequence sequence() {
    return sequence;
  }

  /** The last calls. */
  public CallTrail trail() {
    return trail;
  }
}
