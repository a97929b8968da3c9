package dev.tollgate.springai.task;

import dev.tollgate.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * A task as context propagation carries it to another thread.
 *
 * @param task the innermost one where it was captured, which the other thread works on
 * @param thread what that place had on its thread, to be put back there
 */
record PropagatedTask(Task task, @Nullable Task thread) {

  /** What a Reactor context holds: a task that an advisor put there, or one that was captured. */
  static @Nullable Task of(@Nullable Object carried) {
    return carried instanceof PropagatedTask propagated ? propagated.task : (Task) carried;
  }
}
