package dev.tollgate.guard;

import dev.tollgate.ToolCall;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from its last checks to its end. {@link #begin} and {@link #revoke} exclude each other:
 * a call that was revoked before it began never begins, and one that began is in flight.
 * Thread-safe.
 */
public final class RunningCall {
  private static final Logger log = LoggerFactory.getLogger(RunningCall.class);
  private final ToolCall call;
  private @Nullable RevocationTarget lease;
  private @Nullable Runnable cut;
  private @Nullable ReasonCode revoked;
  private @Nullable Thread running;
  private boolean interrupted;
  private boolean inFlight;
  private boolean ended;

  public RunningCall(ToolCall call) {
    this.call = call;
  }

  public ToolCall call() {
    return call;
  }

  /**
   * Names the call's lease, and what ends it early. If the call is revoked already, that happens
   * now.
   */
  public void leased(String id, Runnable end) {
    synchronized (this) {
      Task task = call.task();
      lease = RevocationTarget.lease(task == null ? "" : task.conversation().tenant(), id);
      cut = end;
      if (revoked == null) {
        return;
      }
    }
    end.run();
  }

  /** The tool is about to run on this thread. A reason if it must not. */
  public synchronized @Nullable ReasonCode begin() {
    if (revoked == null) {
      running = Thread.currentThread();
      inFlight = true;
    }
    return revoked;
  }

  /** The tool has ended, on the thread it began on. */
  public synchronized void end() {
    running = null;
    ended = true;
    if (interrupted) {
      Thread.interrupted(); // ours: the thread goes on to other work
      interrupted = false;
    }
  }

  /** Why the call was revoked while the tool ran; {@code null} if it was not. */
  public synchronized @Nullable ReasonCode revokedInFlight() {
    return inFlight ? revoked : null;
  }

  boolean hangsOn(RevocationTarget target) {
    synchronized (this) {
      if (target.equals(lease)) {
        return true;
      }
    }
    return CallTargets.of(call).contains(target);
  }

  /** Stops the call, or interrupts it; true if the tool has begun. */
  synchronized boolean revoke(ReasonCode reason) {
    if (ended) {
      return false;
    }
    if (revoked == null) {
      revoked = reason;
    }
    if (running != null) {
      running.interrupt();
      interrupted = true;
    }
    return inFlight;
  }

  /** Ends the credential of a call that was revoked. May take as long as a token server does. */
  void cut() {
    Runnable end;
    synchronized (this) {
      end = cut;
    }
    if (end != null) {
      try {
        end.run();
      } catch (RuntimeException | Error e) { // those of the other calls must still be ended
        log.error("call {}: its lease could not be cut", call.id(), e);
      }
    }
  }
}
