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
  private @Nullable Runnable withdraw;
  private @Nullable Runnable cut;
  private volatile @Nullable ReasonCode revoked;
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
   * Names the call's lease. If the call is revoked already, the lease ends now.
   *
   * @param hide makes the credential unusable in this process; waits for nobody
   * @param end ends the credential; may take as long as a token server does
   */
  public void leased(String id, Runnable hide, Runnable end) {
    synchronized (this) {
      Task task = call.task();
      lease = RevocationTarget.lease(task == null ? "" : task.conversation().tenant(), id);
      withdraw = hide;
      cut = end;
      if (revoked == null) {
        return;
      }
      hide.run();
    }
    end.run();
  }

  /** Why the call must not begin, as far as is known by now; only {@link #begin} is certain. */
  public @Nullable ReasonCode revoked() {
    return revoked;
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
    }
  }

  /** Whether a revocation interrupted the tool. */
  synchronized boolean wasInterrupted() {
    return interrupted;
  }

  /** Whether this thread's tool was interrupted, and has not ended. */
  synchronized boolean interruptedHere() {
    return interrupted && running == Thread.currentThread();
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

  /** Stops the call, or takes its credential away if the tool has begun. */
  synchronized void revoke(ReasonCode reason) {
    if (ended) {
      return;
    }
    if (revoked == null) {
      revoked = reason;
    }
    if (withdraw != null) {
      withdraw.run();
    }
  }

  /**
   * The run that it belongs to has ended: it does not begin any more, or its credential is good for
   * nothing from now on. It is not interrupted, since nobody has stopped what it does.
   */
  public void abandon() {
    revoke(ReasonCode.RUN_ENDED);
  }

  /** Interrupts a revoked tool that has begun and not ended. */
  synchronized void interrupt() {
    if (running != null && revoked != null) {
      running.interrupt();
      interrupted = true;
    }
  }

  /** Ends the credential of a call that was revoked. May take as long as a token server does. */
  public void cut() {
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
