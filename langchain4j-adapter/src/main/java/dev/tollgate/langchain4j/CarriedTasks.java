package dev.tollgate.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.tollgate.ToolGate;
import dev.tollgate.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which task an AI service invocation works on, and how far it is. Keyed by the framework's
 * invocation id, because that reaches every thread a tool may run on. Thread-safe.
 */
final class CarriedTasks {
  // An invocation need not end: a stream that nobody starts, a java.lang.Error. So this is bounded,
  // and a call whose task was dropped is denied. Deadlines are the gate's to check.
  static final int MOST = 10_000;
  private final Map<UUID, AgentRun> runs =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, AgentRun> eldest) {
          return size() > MOST;
        }
      };

  synchronized void begin(InvocationContext invocation, Task task) {
    UUID id = invocation.invocationId();
    if (id != null) {
      runs.put(id, new AgentRun(task));
    }
  }

  /** Ends an invocation, and what it has left behind. */
  void end(InvocationContext invocation, ToolGate gate) {
    AgentRun ended;
    synchronized (this) {
      ended = runs.remove(invocation.invocationId());
    }
    if (ended != null) {
      ended.end(gate);
    }
  }

  synchronized @Nullable AgentRun run(InvocationContext invocation) {
    return runs.get(invocation.invocationId());
  }

  @Nullable Task of(InvocationContext invocation) {
    AgentRun run = run(invocation);
    return run == null ? null : run.task();
  }

  synchronized int size() {
    return runs.size();
  }
}
