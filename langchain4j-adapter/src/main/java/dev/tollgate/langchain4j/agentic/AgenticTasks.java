package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.tollgate.delegation.RefusedDelegation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which task the work of an agentic system belongs to. For the adapter. */
public final class AgenticTasks {
  private AgenticTasks() {}

  /** The task of what this thread does; {@code null} if neither it nor its scope has one. */
  public static @Nullable Task current() {
    return of(LangChain4jManaged.current());
  }

  /**
   * The task of an invocation that begins on this thread.
   *
   * @param managed what the framework carries with it
   */
  public static @Nullable Task of(@Nullable Map<?, ?> managed) {
    AgenticScope scope = scope(managed);
    return scope == null ? Task.current() : in(scope);
  }

  /** The task that this thread works on in a scope. */
  public static @Nullable Task in(AgenticScope scope) {
    Task ambient = Task.current();
    Task carried = ScopeTasks.carriedBy(scope);
    Task bounded = ambient == null && carried == null ? ScopeTasks.boundedIn(scope) : null;
    // It may be part of what was handed over, and a task of its own would not be bounded by that.
    return bounded == null ? among(ambient, carried) : refused(bounded);
  }

  static @Nullable AgenticScope scope(@Nullable Map<?, ?> managed) {
    return managed != null && managed.get(AgenticScope.class) instanceof AgenticScope scope
        ? scope
        : null;
  }

  /** Of two places in one task the narrower one counts; of two that differ in more, none. */
  private static @Nullable Task among(@Nullable Task ambient, @Nullable Task carried) {
    if (ambient == null || carried == null) {
      return ambient == null ? carried : ambient;
    }
    if (ambient.id().equals(carried.id())) {
      if (ambient.within(carried)) {
        return ambient;
      }
      if (carried.within(ambient)) {
        return carried;
      }
    }
    return refused(carried);
  }

  private static Task refused(Task task) {
    return task.delegated(
        task.agent(), new RefusedDelegation(ReasonCode.TASK_MISMATCH), task.deadlineNanos());
  }
}
