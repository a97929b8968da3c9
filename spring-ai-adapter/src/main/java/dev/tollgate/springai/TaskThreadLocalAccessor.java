package dev.tollgate.springai;

import dev.tollgate.task.Task;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the task where the application has switched it on.
 * Found by {@link java.util.ServiceLoader}; nothing of Tollgate depends on it.
 */
public final class TaskThreadLocalAccessor implements ThreadLocalAccessor<Task> {
  @Override
  public Object key() {
    return CarriedTask.KEY;
  }

  @Override
  public @Nullable Task getValue() {
    return CarriedTask.onThread();
  }

  @Override
  public void setValue(Task value) {
    CarriedTask.set(value);
  }

  @Override
  public void setValue() {
    CarriedTask.set(null);
  }
}
