package dev.tollgate.springai.task;

import dev.tollgate.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.util.ClassUtils;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Reads the Reactor context that Spring AI leaves on the thread that runs a stream's tools. */
public final class ReactiveTask {
  // The holder's package is named internal: without it streams carry no task, and are denied.
  private static final boolean HELD =
      ClassUtils.isPresent(
          "org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder",
          ReactiveTask.class.getClassLoader());

  private ReactiveTask() {}

  static @Nullable Task current() {
    return in(context());
  }

  /** What Spring AI left on this thread; empty outside a stream's tools. */
  static ContextView context() {
    return HELD ? Holder.context() : Context.empty();
  }

  /** Whether this thread runs the tools of a stream. */
  public static boolean streaming() {
    return !context().isEmpty();
  }

  public static @Nullable Task in(ContextView context) {
    return PropagatedTask.of(context.<@Nullable Object>getOrDefault(CarriedTask.KEY, null));
  }

  /**
   * The context of a stream that is part of a task. Another task that is open where the stream is
   * subscribed to goes along: the thread that runs its tools would not know of it.
   */
  public static Context with(Task task, Context context) {
    Task open = Task.current();
    Context carrying = context.put(CarriedTask.KEY, task);
    return open == null || open.id().equals(task.id())
        ? carrying.delete(CarriedTask.OTHER)
        : carrying.put(CarriedTask.OTHER, open);
  }

  static @Nullable Task other() {
    return context().<@Nullable Task>getOrDefault(CarriedTask.OTHER, null);
  }

  /** Loaded only where the class it names is there. */
  private static final class Holder {
    static ContextView context() {
      return ToolCallReactiveContextHolder.getContext();
    }
  }
}
