package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.agent.AgentInvocationHandler;
import dev.langchain4j.agentic.internal.AgentExecutor;
import dev.langchain4j.agentic.internal.PlannerBasedInvocationHandler;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.supervisor.PlannerAgent;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.tollgate.ToolGate;
import dev.tollgate.delegation.RefusedDelegation;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first invocation in a scope whose root call nobody saw: a supervisor or an agent on its own,
 * which no SPI of the framework lets anybody wrap. What was asked for is known before any agent has
 * run and any model has answered, in a scope that no other call has worked in. For the adapter.
 */
public final class RootSight {
  private RootSight() {}

  /**
   * Starts the task of the root call.
   *
   * @param service whose invocation begins
   * @param managed what the framework carries with it
   * @param message the words it begins with
   * @param named who acts; {@code null} if nobody says
   * @return {@code null} if it is no invocation in an agentic scope
   */
  public static @Nullable Task start(
      ToolGate gate,
      Class<?> service,
      @Nullable Map<?, ?> managed,
      String message,
      @Nullable AgentIdentity named) {
    AgenticScope scope = AgenticTasks.scope(managed);
    if (scope == null) {
      return null;
    }
    boolean ephemeral = ScopeKind.ephemeral(scope);
    String asked =
        ephemeral && scope.agentInvocations().isEmpty() ? asked(service, scope, message) : null;
    Intent intent = asked == null ? new Intent(Intent.Source.EVENT, message) : Intent.human(asked);
    Task task = gate.startTask(intent, named, null, null);
    if (!ScopeTasks.known(scope) && !onThreadOfRoot()) {
      // Perhaps part of what was handed over, and a task of its own would not be bounded by that.
      return task.delegated(
          task.agent(), new RefusedDelegation(ReasonCode.TASK_MISSING), task.deadlineNanos());
    }
    if (ephemeral) {
      return ScopeTasks.firstIn(scope, task);
    }
    ScopeTasks.saw(scope, task);
    return task;
  }

  /** The begin of a root call, as an application's own line tells it. */
  public static void begins(ToolGate gate, AgenticScope scope) {
    Task task = AgenticTasks.in(scope);
    if (task != null && Task.current() != null) {
      share(scope, task);
    } else if (task == null && !ScopeTasks.known(scope) && ScopeKind.ephemeral(scope)) {
      boolean trusted = LangChain4jManaged.current() == null && scope.agentInvocations().isEmpty();
      Intent intent = RootRequest.in(scope).intent(trusted);
      ScopeTasks.firstIn(scope, gate.startTask(intent, null, null, null));
    }
  }

  /** Lets agents on other threads have, or be bounded by, a task that is open on this one. */
  public static void share(@Nullable Map<?, ?> managed, Task task) {
    AgenticScope scope = AgenticTasks.scope(managed);
    if (scope != null) {
      share(scope, task);
    }
  }

  private static void share(AgenticScope scope, Task task) {
    if (ScopeTasks.carriedBy(scope) == null) {
      if (ScopeKind.ephemeral(scope)) {
        ScopeTasks.firstIn(scope, task);
      } else {
        ScopeTasks.saw(scope, task);
      }
    }
  }

  private static boolean onThreadOfRoot() {
    return within(PlannerBasedInvocationHandler.class, "executeAgentMethod") > 0
        || within(AgentInvocationHandler.class, "invokeStandaloneAgent") > 0;
  }

  private static @Nullable String asked(Class<?> service, AgenticScope scope, String message) {
    if (within(AgentExecutor.class, "") > 0) {
      return null; // an agent made this call, so perhaps a model wrote what it is about
    }
    if (within(AgentInvocationHandler.class, "invokeStandaloneAgent") == 1) {
      return message;
    }
    boolean root = within(PlannerBasedInvocationHandler.class, "executeAgentMethod") == 1;
    return root
            && service == PlannerAgent.class
            && scope.state().get(RootRequest.REQUEST) instanceof String request
            && !request.isBlank()
        ? request
        : null;
  }

  private static long within(Class<?> type, String method) {
    return StackWalker.getInstance()
        .walk((Stream<StackWalker.StackFrame> frames) -> count(frames, type.getName(), method));
  }

  private static long count(Stream<StackWalker.StackFrame> frames, String type, String method) {
    return frames
        .filter(frame -> frame.getClassName().equals(type))
        .filter(frame -> method.isEmpty() || frame.getMethodName().equals(method))
        .count();
  }
}
