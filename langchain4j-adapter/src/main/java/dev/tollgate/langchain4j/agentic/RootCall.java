package dev.tollgate.langchain4j.agentic;

import dev.langchain4j.agentic.internal.AgenticScopeOwner;
import dev.langchain4j.agentic.internal.InternalAgent;
import dev.langchain4j.agentic.observability.MonitoredAgent;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.AgenticScopeAccess;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.memory.ChatMemoryAccess;
import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A workflow as its callers hold it: each call of theirs is a task, or part of theirs. */
final class RootCall implements InvocationHandler {
  private static final Set<Class<?>> PLUMBING =
      Set.of(
          Object.class,
          AgentInstance.class,
          InternalAgent.class,
          AgenticScopeOwner.class,
          AgenticScopeAccess.class,
          ChatMemoryAccess.class,
          MonitoredAgent.class);

  private final Object workflow;
  private final AgentIdentity name;
  private final boolean untracked;
  private final Supplier<@Nullable ToolGate> gate;

  RootCall(Object workflow, Class<?> type, Supplier<@Nullable ToolGate> gate) {
    this.workflow = workflow;
    this.name = AgentIdentity.of(type.getSimpleName());
    this.untracked = workflow instanceof AgentInstance root && untracked(root);
    this.gate = gate;
  }

  /** An async agent that writes nothing is waited for by nobody. */
  private static boolean untracked(AgentInstance agent) {
    boolean lost = agent.outputKey() == null || agent.outputKey().isBlank();
    return (agent.async() && lost) || agent.subagents().stream().anyMatch(RootCall::untracked);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Task task = PLUMBING.contains(method.getDeclaringClass()) ? null : task(method, arguments);
    if (task == null) { // without a gate every call is denied
      return forward(method, arguments);
    }
    @Nullable Map<Class<? extends LangChain4jManaged>, LangChain4jManaged> around =
        LangChain4jManaged.current();
    Opening opening = new Opening(task, untracked);
    try (Scope scope = opening.open()) {
      return forward(method, arguments);
    } finally {
      opening.end();
      if (around != null) { // which the framework forgets
        LangChain4jManaged.setCurrent(around);
      }
    }
  }

  private @Nullable Task task(Method method, Object @Nullable [] arguments) {
    Task outer = AgenticTasks.current();
    ToolGate current = outer == null ? gate.get() : null;
    if (current == null) {
      return outer;
    }
    RootRequest request = RootRequest.of(method, arguments);
    boolean trusted = LangChain4jManaged.current(AgenticScope.class) == null;
    return current.startTask(request.intent(trusted), name, null, request.conversation());
  }

  private @Nullable Object forward(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(workflow, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
