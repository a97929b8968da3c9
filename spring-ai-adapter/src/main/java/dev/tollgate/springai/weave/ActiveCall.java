package dev.tollgate.springai.weave;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/**
 * The call that the gate lets run at this moment, on this thread, and the one thing it runs. A call
 * meets several layers on its way down; each step is taken once, and whatever else the tool calls
 * is another call. Another thread knows nothing of it unless it was {@linkplain #carried carried}
 * there: the call is decided again.
 */
public final class ActiveCall implements AutoCloseable {
  private static final ThreadLocal<@Nullable ActiveCall> CURRENT = new ThreadLocal<>();

  private final Object runs;
  private final @Nullable String tool;
  private final @Nullable String arguments;
  private final @Nullable ActiveCall outer = CURRENT.get();
  private boolean used;

  /**
   * @param tool the name that was decided on; {@code null} if only the very object is known
   * @param arguments what was decided on; {@code null} if whatever the object gets was
   */
  private ActiveCall(Object runs, @Nullable String tool, @Nullable String arguments) {
    this.runs = runs;
    this.tool = tool;
    this.arguments = arguments;
    CURRENT.set(this);
  }

  /**
   * The gate is about to run this. Close it when that has returned.
   *
   * @param runs a tool callback, or what stands for one
   */
  public static ActiveCall of(Object runs) {
    return new ActiveCall(
        runs, runs instanceof ToolCallback callback ? NextStep.name(callback) : null, null);
  }

  /**
   * Like {@link #of(Object)}, for what hands the call on to a callback or method of the same tool
   * that the gate does not see.
   *
   * @param tool the name of the tool
   * @param arguments the JSON that was decided on
   */
  public static ActiveCall of(Object runs, String tool, String arguments) {
    return new ActiveCall(runs, tool, arguments);
  }

  /**
   * The gate is about to run this method, from behind its join point: what comes now is another
   * call. Close it when the method has returned.
   */
  public static ActiveCall behind(Method method) {
    ActiveCall call = new ActiveCall(method, null, null);
    call.used = true;
    return call;
  }

  /** Whether to run this callback is the next step of the active call. */
  public static boolean continues(ToolCallback next, @Nullable String with) {
    ActiveCall call = CURRENT.get();
    return call != null && !call.used && call.leadsTo(next, with);
  }

  /** Takes the step that {@link #continues} has found. Close it when that has returned. */
  public static ActiveCall step(ToolCallback next, @Nullable String with) {
    ActiveCall call = Objects.requireNonNull(CURRENT.get());
    call.used = true;
    return new ActiveCall(next, NextStep.name(next), with == null ? "" : with);
  }

  /**
   * Takes the last step, if it is to run this method: what the method calls is another call.
   *
   * @param named the name that its annotation gives it as a tool
   * @return whether it was
   */
  public static boolean takes(Method method, String named) {
    ActiveCall call = CURRENT.get();
    if (call == null || call.used || !NextStep.runs(call.runs, call.tool, method, named)) {
      return false;
    }
    call.used = true;
    return true;
  }

  /**
   * Hands the active call on to the thread that will run this work, which is its next step: once.
   * Work that runs again, such as a timer's, makes calls of its own.
   */
  public static <T extends @Nullable Object> Callable<T> carried(Callable<T> work) {
    ActiveCall call = CURRENT.get();
    if (call == null || call.used) {
      return work;
    }
    call.used = true;
    AtomicBoolean taken = new AtomicBoolean();
    return () -> {
      if (taken.getAndSet(true)) {
        return work.call();
      }
      try (ActiveCall there = new ActiveCall(call.runs, call.tool, call.arguments)) {
        return work.call();
      }
    };
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean leadsTo(ToolCallback next, @Nullable String with) {
    if (runs == next) {
      return arguments == null || same(arguments, with);
    }
    if (NextStep.augments(runs, next)) {
      return true; // it takes away the arguments that it has added itself
    }
    return tool != null
        && arguments != null
        && tool.equals(NextStep.name(next))
        && same(arguments, with);
  }

  private static boolean same(String decided, @Nullable String with) {
    return decided.equals(with) || (with != null && NextStep.equal(decided, with));
  }

  @Override
  public void close() {
    CURRENT.set(outer); // not removed if null: every call would make the thread's entry anew
  }
}
