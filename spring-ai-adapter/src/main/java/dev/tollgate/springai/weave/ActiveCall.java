package dev.tollgate.springai.weave;

import org.jspecify.annotations.Nullable;

/**
 * The call that the gate lets run at this moment, on this thread, and the one thing it runs. A call
 * meets several layers on its way down; each step is taken once, and whatever else the tool calls
 * is another call. Another thread knows nothing of it: there the call is decided again.
 */
public final class ActiveCall implements AutoCloseable {
  private static final ThreadLocal<@Nullable ActiveCall> CURRENT = new ThreadLocal<>();

  private final Object runs;
  private final @Nullable ActiveCall outer;
  private boolean used;

  private ActiveCall(Object runs) {
    this.runs = runs;
    this.outer = CURRENT.get();
    CURRENT.set(this);
  }

  /**
   * The gate is about to run this. Close it when that has returned.
   *
   * @param runs a tool callback, or what stands for one
   */
  public static ActiveCall of(Object runs) {
    return new ActiveCall(runs);
  }

  /**
   * Takes the step if to run this is the active call's: then it is decided already.
   *
   * @return whether it was
   */
  @SuppressWarnings("ReferenceEquality") // the very object: an equal one may do something else
  public static boolean takes(Object next) {
    ActiveCall call = CURRENT.get();
    if (call == null || call.used || call.runs != next) {
      return false;
    }
    call.used = true;
    return true;
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
