package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.internal.Json;
import dev.langchain4j.service.tool.ToolExecution;
import dev.tollgate.Denial;
import dev.tollgate.ToolResult;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.langchain4j.weave.Proceeding;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.ToolDefinition;
import java.lang.reflect.Method;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * Methods of tools, undoing and agents that something calls directly. For the aspects, not for
 * applications. Thread-safe.
 */
public final class WovenMethods {
  private static final ToolExecutionRequest NONE = ToolExecutionRequest.builder().name("").build();

  /** What a method returned, {@code null} too. */
  private record Ran(@Nullable Object value) {}

  private WovenMethods() {}

  /** Whether nobody has decided on the call of this method; a decision is used up by the asking. */
  public static boolean undecided(JoinPoint.StaticPart place) {
    return !ActiveCall.takes(method(place));
  }

  /**
   * Decides on a call of a {@code @Tool} method.
   *
   * @throws ToolDeniedException if it was denied
   */
  public static @Nullable Object tool(
      JoinPoint.StaticPart at, @Nullable Object[] arguments, Proceeding rest) {
    Method method = method(at);
    ToolDefinition definition =
        ToolDefinitions.of(
            ToolSpecifications.toolSpecificationFrom(method), ToolOrigin.LANGCHAIN4J);
    return decide(definition, method, arguments, rest);
  }

  /**
   * Decides on an undo.
   *
   * @throws ToolDeniedException if it was denied
   */
  public static @Nullable Object undo(
      JoinPoint.StaticPart at, @Nullable Object[] arguments, Proceeding rest) {
    Method method = method(at);
    ToolDefinition definition = UndoMethod.definition(method);
    return arguments.length == 1 && arguments[0] instanceof ToolExecution undone
        ? decide(
            WovenCalls.passage(
                definition, ToolOrigin.of(null), undone.request(), undone.invocationContext()),
            method,
            rest)
        : decide(definition, method, arguments, rest);
  }

  /**
   * Decides on a call of a method that is an agent by itself.
   *
   * @throws ToolDeniedException if it was denied
   */
  public static @Nullable Object agent(
      JoinPoint.StaticPart at, @Nullable Object[] arguments, Proceeding rest) {
    Method method = method(at);
    return decide(AgentMethod.definition(method), method, arguments, rest);
  }

  private static @Nullable Object decide(
      ToolDefinition definition, Method method, @Nullable Object[] arguments, Proceeding rest) {
    String json = MethodArguments.json(method, arguments);
    return decide(
        new WovenPassage(gate -> gate.describe(definition), json, null, null), method, rest);
  }

  private static @Nullable Object decide(WovenPassage passage, Method method, Proceeding rest) {
    ToolResult result =
        passage.pass(
            arguments -> {
              try (ActiveCall call = ActiveCall.of(method)) {
                Object value = rest.with(NONE);
                return new ToolResult.Returned(text(value), false, new Ran(value));
              }
            });
    if (result instanceof ToolResult.Denied denied) {
      // Whoever calls a method would take a denial's text for what the method found out.
      throw new ToolDeniedException(denied.denial());
    }
    ToolResult.Returned returned = (ToolResult.Returned) result;
    return returned.carrier() instanceof Ran ran ? ran.value : masked(returned, method);
  }

  /** What the gate left of a result, as the type that the method has. */
  private static Object masked(ToolResult.Returned returned, Method method) {
    Object value = null;
    if (!returned.error()) {
      value =
          method.getReturnType() == String.class
              ? returned.text()
              : MethodArguments.value(returned.text(), method.getGenericReturnType());
    }
    if (value == null) {
      throw new ToolDeniedException(new Denial(ReasonCode.RESULT_UNMASKABLE, "none"));
    }
    return value;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : value == null ? "" : Json.toJson(value);
  }

  private static Method method(JoinPoint.StaticPart place) {
    return ((MethodSignature) place.getSignature()).getMethod();
  }
}
