package dev.tollgate.springai.task;

import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The task of the chat that runs here. On the call path it is on the thread between set and
 * restore; on the stream path it is in the Reactor context that Spring AI hands to the tool thread.
 *
 * @param task the task, {@code null} if none is carried
 * @param contradicting another task that this place carries as well, which must be a deny
 */
public record CarriedTask(@Nullable Task task, @Nullable Task contradicting) {
  /** The key in the Reactor context, and of the {@link TaskThreadLocalAccessor}. */
  public static final String KEY = "tollgate.task";

  /** The key of another task that was open where a stream was subscribed to. */
  static final String OTHER = "tollgate.task.other";

  private static final ThreadLocal<@Nullable Task> THREAD = new ThreadLocal<>();

  /** What is carried here; the ambient task where the framework carries none. */
  public static CarriedTask here() {
    Task thread = THREAD.get();
    Task reactive = ReactiveTask.current();
    // The thread's is the innermost of these two.
    Task carried = thread == null ? reactive : thread;
    if (carried == null) {
      // Only the gate, or the application itself, makes a task ambient.
      return new CarriedTask(Task.current(), null);
    }
    // Both belong to one task, or contexts got mixed up.
    boolean same = reactive == null || reactive.id().equals(carried.id());
    Task other = same ? ReactiveTask.other() : reactive;
    return new CarriedTask(innermost(carried, Task.current()), other);
  }

  /** A tool of the chat may have handed work on: then what runs inside has no more than that. */
  public static Task innermost(Task carried, @Nullable Task other) {
    return other != null && other.id().equals(carried.id()) && !carried.within(other)
        ? other
        : carried;
  }

  /** Carries a task on this thread until the scope is closed, which puts back what was there. */
  public static Scope put(Task task) {
    Task before = THREAD.get();
    THREAD.set(task);
    return () -> set(before);
  }

  /** Makes the gate see the contradiction, if there is one: it denies {@code task_mismatch}. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope exposed() {
    return contradicting == null ? Scope.noop() : contradicting.open();
  }

  static @Nullable Task onThread() {
    return THREAD.get();
  }

  static void set(@Nullable Task task) {
    if (task == null) {
      THREAD.remove();
    } else {
      THREAD.set(task);
    }
  }
}
