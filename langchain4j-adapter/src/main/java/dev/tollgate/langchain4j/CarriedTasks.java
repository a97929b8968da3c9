package dev.tollgate.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.tollgate.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which task an AI service invocation works on. Keyed by the framework's invocation id, because
 * that reaches every thread a tool may run on. Thread-safe.
 */
final class CarriedTasks {
  // An invocation need not end: a stream that nobody starts, a java.lang.Error. So this is bounded,
  // and a call whose task was dropped is denied. Deadlines are the gate's to check.
  static final int MOST = 10_000;
  private final Map<UUID, Task> tasks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Task> eldest) {
          return size() > MOST;
        }
      };

  synchronized void begin(InvocationContext invocation, Task task) {
    UUID id = invocation.invocationId();
    if (id != null) {
      tasks.put(id, task);
    }
  }

  synchronized void end(InvocationContext invocation) {
    tasks.remove(invocation.invocationId());
  }

  synchronized @Nullable Task of(InvocationContext invocation) {
    return tasks.get(invocation.invocationId());
  }

  synchronized int size() {
    return tasks.size();
  }
}
