package dev.tollgate.springai.task;

import dev.tollgate.task.Task;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the task where the application has switched it on.
 * Found by {@link java.util.ServiceLoader}; nothing of Tollgate depends on it.
 */
public final class TaskThreadLocalAccessor implements ThreadLocalAccessor<Object> {
  @Override
  public Object key() {
    return CarriedTask.KEY;
  }

  /** Not only what is on the thread: a tool may have opened what it was handed, which is less. */
  @Override
  public @Nullable Object getValue() {
    Task here = CarriedTask.here().task();
    return here == null ? null : new PropagatedTask(here, CarriedTask.onThread());
  }

  @Override
  public void setValue(Object value) {
    CarriedTask.set(PropagatedTask.of(value));
  }

  @Override
  public void setValue() {
    CarriedTask.set(null);
  }

  @Override
  public void restore(Object previous) {
    CarriedTask.set(
        previous instanceof PropagatedTask captured
            ? captured.thread()
            : PropagatedTask.of(previous));
  }
}
