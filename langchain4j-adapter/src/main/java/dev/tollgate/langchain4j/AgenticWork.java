package dev.tollgate.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.agentic.AgenticTasks;
import dev.tollgate.langchain4j.agentic.RootSight;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an AI service invocation is part of; works without the agentic module, too. */
final class AgenticWork {
  private static final boolean PRESENT = present();

  private AgenticWork() {}

  private static boolean present() {
    try {
      Class.forName(
          "dev.langchain4j.agentic.scope.AgenticScope", false, AgenticWork.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** The task of what this thread does, where the framework carries no invocation to. */
  static @Nullable Task current() {
    return PRESENT ? AgenticTasks.current() : Task.current();
  }

  /** The task that the invocation continues; {@code null} if it continues none. */
  static @Nullable Task around(InvocationContext invocation) {
    @Nullable Map<?, ?> managed = invocation.managedParameters();
    if (!PRESENT || managed == null) {
      return Task.current();
    }
    Task task = AgenticTasks.of(managed);
    if (task != null && Task.current() != null) {
      RootSight.share(managed, task);
    }
    return task;
  }

  /** The task that begins with it, if it is an agentic system's. */
  static @Nullable Task begun(
      ToolGate gate,
      Class<?> service,
      InvocationContext invocation,
      String words,
      @Nullable AgentIdentity named) {
    return PRESENT
        ? RootSight.start(gate, service, invocation.managedParameters(), words, named)
        : null;
  }

  /**
   * Among the framework's own objects the message is made from a template and other agents'
   * answers, and nothing says which: it may start work, but it is nobody's word.
   */
  static Intent.Source source(InvocationContext invocation) {
    @Nullable Map<?, ?> managed = invocation.managedParameters();
    return managed == null || managed.isEmpty() ? Intent.Source.HUMAN : Intent.Source.EVENT;
  }
}
