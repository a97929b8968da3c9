package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The call that the gate lets run at this moment, on this thread, and the one thing it runs. A call
 * meets several join points on its way down; each step is taken once, and whatever else the tool
 * calls is another call. Another thread knows nothing of it: there the call is decided again.
 */
public final class ActiveCall implements AutoCloseable {
  private static final ThreadLocal<@Nullable ActiveCall> CURRENT = new ThreadLocal<>();

  private final Object runs;
  private final @Nullable ToolExecutionRequest request;
  private final Object known;
  private final @Nullable Method registered;
  private final @Nullable Method called;
  private final @Nullable ActiveCall outer;
  private boolean used;

  /**
   * @param known what runs in the end, as far as it was known to the gate
   */
  private ActiveCall(Object runs, @Nullable ToolExecutionRequest request, Object known) {
    this.runs = runs;
    this.request = request;
    this.known = known;
    if (runs instanceof DefaultToolExecutor executor) {
      this.registered = InvokedMethod.registered(executor);
      this.called = InvokedMethod.of(executor);
    } else {
      this.registered = null;
      this.called = null;
    }
    this.outer = CURRENT.get();
    CURRENT.set(this);
  }

  /**
   * The gate is about to run this. Close it when that has returned.
   *
   * @param runs an executor or a client
   * @param request what it gets: the one that was decided on
   */
  public static ActiveCall of(Object runs, ToolExecutionRequest request) {
    Object known = runs instanceof Wrapping wrapping ? wrapping.wrapped() : runs;
    return new ActiveCall(runs, request, known);
  }

  /**
   * The gate is about to run this method, from behind its join point: what comes now is another
   * call. Close it when the method has returned.
   */
  public static ActiveCall of(Method method) {
    ActiveCall call = new ActiveCall(method, null, method);
    call.used = true;
    return call;
  }

  /** Whether to run this is the next step of the active call. */
  public static boolean continues(Object next, ToolExecutionRequest request) {
    ActiveCall call = CURRENT.get();
    return call != null && !call.used && call.leadsTo(next, request);
  }

  /**
   * Takes the last step, if to run this method is the one: what the method calls is not this call
   * any more.
   *
   * @return whether it was
   */
  public static boolean takes(Method method) {
    ActiveCall call = CURRENT.get();
    if (call == null || call.used || !call.leadsTo(method)) {
      return false;
    }
    call.used = true;
    return true;
  }

  /** Takes the step that {@link #continues(Object, ToolExecutionRequest)} has found. */
  public static ActiveCall step(Object next, ToolExecutionRequest request) {
    ActiveCall call = Objects.requireNonNull(CURRENT.get());
    call.used = true;
    return new ActiveCall(next, request, call.known);
  }

  private boolean leadsTo(Method method) {
    return method.equals(registered) || method.equals(called);
  }

  private boolean leadsTo(Object next, ToolExecutionRequest other) {
    if (!(next instanceof ToolExecutor)) {
      return request != null && McpSteps.leads(runs, request, next, other, runs == known);
    }
    if (!other.equals(request)) {
      return false;
    }
    // An executor that wraps another one hands the request on; what runs a method has no inside.
    return runs == next
        || (runs instanceof ToolExecutor
            && !(runs instanceof DefaultToolExecutor)
            && (!(next instanceof DefaultToolExecutor method) || isNamed(method, other.name())));
  }

  /** The same request handed to another tool's method is another tool's call. */
  private static boolean isNamed(DefaultToolExecutor executor, String name) {
    Method method = InvokedMethod.registered(executor);
    if (method == null) {
      return false;
    }
    Tool tool = method.getAnnotation(Tool.class);
    String declared = tool == null || tool.name().isBlank() ? method.getName() : tool.name();
    return declared.equals(name);
  }

  @Override
  public void close() {
    CURRENT.set(outer); // null leaves nothing behind that would hold a class loader
  }
}
