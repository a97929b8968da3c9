package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.internal.DelayedResponse;
import dev.langchain4j.agentic.internal.PendingResponse;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.tollgate.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The task of the root call that works in an agentic scope, for agents on threads that know nothing
 * of it. Among the scope's execution contexts: never in its state, which models read and write, and
 * which is persisted. Thread-safe.
 */
final class ScopeTasks {
  private static final String KEY = ScopeTasks.class.getName();
  private @Nullable Task task;
  private @Nullable Task bounded;
  private int live;
  private boolean unclear;

  private ScopeTasks() {}

  private static @Nullable ScopeTasks found(AgenticScope scope) {
    return scope.executionContext(KEY) instanceof ScopeTasks tasks ? tasks : null;
  }

  private static ScopeTasks in(AgenticScope scope) {
    synchronized (scope) {
      ScopeTasks tasks = found(scope);
      if (tasks == null) {
        tasks = new ScopeTasks();
        scope.writeExecutionContext(KEY, tasks);
      }
      return tasks;
    }
  }

  /** The task of the one root call that works in it; {@code null} where nobody can tell. */
  static @Nullable Task carriedBy(AgenticScope scope) {
    ScopeTasks tasks = found(scope);
    return tasks == null ? null : tasks.task();
  }

  /** Delegated work that was done in the scope, and that perhaps goes on. */
  static @Nullable Task boundedIn(AgenticScope scope) {
    ScopeTasks tasks = found(scope);
    return tasks == null ? null : tasks.bounded();
  }

  /** Whether anybody saw a root call that works in it. */
  static boolean known(AgenticScope scope) {
    return found(scope) != null;
  }

  /** A root call begins to work in the scope. */
  static ScopeTasks begin(AgenticScope scope, Task task) {
    ScopeTasks tasks = in(scope);
    tasks.begin(task, leftovers(scope));
    return tasks;
  }

  /** A task is worked on in the scope, and nobody will see its end. */
  static void saw(AgenticScope scope, Task task) {
    in(scope).bind(task);
  }

  /** A scope that lives for one root call, seen for the first time. */
  static Task firstIn(AgenticScope scope, Task task) {
    synchronized (scope) {
      Task carried = carriedBy(scope);
      if (carried == null) {
        begin(scope, task);
        return task;
      }
      return carried;
    }
  }

  private synchronized @Nullable Task task() {
    return unclear ? null : task;
  }

  private synchronized @Nullable Task bounded() {
    return bounded;
  }

  private synchronized void bind(Task worked) {
    if (worked.delegation() != null) {
      bounded = worked;
    }
  }

  /** Two root calls may share a scope, and nothing tells the agents of one from the other's. */
  private synchronized void begin(Task begun, boolean leftovers) {
    unclear = unclear || leftovers || live > 0;
    live++;
    task = begun;
    bind(begun);
  }

  synchronized void end(boolean lastOfScope) {
    live--;
    if (live == 0 && !lastOfScope) {
      unclear = false;
      task = null;
    }
  }

  /** An agent that a root call before left running. A question to a person runs nothing. */
  private static boolean leftovers(AgenticScope scope) {
    return scope.state().values().stream()
        .anyMatch(
            value ->
                value instanceof DelayedResponse<?> delayed
                    && !(value instanceof PendingResponse<?>)
                    && !delayed.isDone());
  }
}
