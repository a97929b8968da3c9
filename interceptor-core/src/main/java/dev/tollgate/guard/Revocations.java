package dev.tollgate.guard;

import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is revoked, and which calls run. A call first enters, then looks whether it is revoked; a
 * revocation is first written down, then looks which calls run. With a full fence between the two
 * steps on both sides one of them sees the other, so nothing falls in between. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
  /** A century: only a person lets go on who was stopped by one. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int SWEPT_ABOVE = 1024;

  private record Entry(ReasonCode reason, long endNanos) {}

  private final Map<RevocationTarget, Entry> revoked = new ConcurrentHashMap<>();
  private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();
  private final RevocationLog shared;
  private final GateClock clock;
  private final Duration longestTask;

  /** Whether anything was ever revoked. Not the map's size, which lags behind what is in it. */
  private volatile boolean any;

  private volatile int sweepAbove = SWEPT_ABOVE;

  /**
   * @param state where revocations are shared, and survive a restart if it does
   * @param longestTask how long a task can live; what is revoked with it is forgotten after that
   */
  public Revocations(StateStore state, GateClock clock, Duration longestTask) {
    this.clock = clock;
    this.longestTask = longestTask;
    this.shared = new RevocationLog(state, this::learn, this::forget);
  }

  /** A call is about to be checked and run. It leaves in any case. */
  public void enter(RunningCall call) {
    running.add(call);
    VarHandle.fullFence(); // before it looks at what is revoked
  }

  public void leave(RunningCall call) {
    running.remove(call);
    // Its end took the interrupt away, which may have been meant for the call around it as well.
    if (call.wasInterrupted() && running.stream().anyMatch(RunningCall::interruptedHere)) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until no call runs; false if some still do when the time is up, or the thread is
   * interrupted.
   */
  public boolean awaitIdle(Duration atMost) {
    VarHandle.fullFence(); // after whoever asks has closed the gate
    long end = System.nanoTime() + atMost.toNanos();
    while (!running.isEmpty()) {
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

  /** Why a call must not run; {@code null} if nothing it hangs on is revoked. */
  public @Nullable ReasonCode refuse(ToolCall call) {
    Task task = call.task();
    return task == null ? null : refuse(task);
  }

  /** Why nothing may be done within a task; {@code null} if nothing it hangs on is revoked. */
  public @Nullable ReasonCode refuse(Task task) {
    if (!any) {
      return null;
    }
    for (RevocationTarget target : CallTargets.of(task)) {
      Entry entry = revoked.get(target);
      if (entry != null) {
        return entry.reason();
      }
    }
    return null;
  }

  /**
   * Stops what hangs on the target, and waits for nobody. When this returns, no call of this
   * process begins that hangs on it.
   *
   * @return the calls that were on their way or had begun; their credentials still have to be cut
   */
  List<RunningCall> stop(RevocationTarget target, ReasonCode reason) {
    any = true; // before the map: who does not look has entered early enough to be found below
    sweep();
    revoked.putIfAbsent(target, new Entry(reason, clock.nanos() + life(target).toNanos()));
    VarHandle.fullFence(); // before it looks at who runs
    List<RunningCall> hit = running.stream().filter(call -> call.hangsOn(target)).toList();
    hit.forEach(call -> call.revoke(reason));
    hit.forEach(RunningCall::interrupt); // when all are marked: one may run inside another
    return hit;
  }

  /**
   * Tells other processes, and the next start.
   *
   * @throws dev.tollgate.state.StateException if they may not learn of it
   */
  void share(RevocationTarget target, ReasonCode reason) {
    shared.put(target, reason, life(target));
  }

  /** Lets an agent, a subject or a tenant go on. */
  void restore(RevocationTarget target) {
    shared.remove(target);
  }

  private void learn(RevocationTarget target, ReasonCode reason) {
    if (revoked.containsKey(target)) {
      return; // whoever wrote it down has looked who runs; mostly our own message that comes back
    }
    List<RunningCall> hit = stop(target, reason);
    if (!hit.isEmpty()) {
      // Not on this thread: the next message may be a revocation too.
      Thread cutting = new Thread(() -> hit.forEach(RunningCall::cut), "tollgate-cut");
      cutting.setDaemon(true);
      cutting.start();
    }
  }

  private void forget(RevocationTarget target) {
    revoked.remove(target);
  }

  /** Who was stopped stays stopped; what ends by itself need not be remembered for longer. */
  private Duration life(RevocationTarget target) {
    return switch (target.kind()) {
      case TASK -> longestTask;
      case DELEGATION, LEASE -> Duration.ofHours(2);
      case AGENT, SUBJECT, TENANT -> LONGEST;
    };
  }

  private void sweep() {
    if (revoked.size() > sweepAbove) {
      long now = clock.nanos();
      revoked.values().removeIf(entry -> now - entry.endNanos > 0);
      sweepAbove = Math.max(SWEPT_ABOVE, 2 * revoked.size()); // not at each of many live ones
    }
  }

  @Override
  public void close() {
    shared.close();
  }
}
