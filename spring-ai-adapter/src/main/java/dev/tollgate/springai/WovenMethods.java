package dev.tollgate.springai;

import dev.tollgate.Denial;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.springai.weave.ActiveCall;
import dev.tollgate.springai.weave.MethodRest;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * Tools that are methods, which something calls directly. For the aspects, not for applications.
 * Thread-safe.
 */
public final class WovenMethods {

  /** What a method returned, {@code null} too. */
  private record Ran(@Nullable Object value) {}

  private WovenMethods() {}

  /** Whether nobody has decided on the call of this method; a decision is used up by the asking. */
  public static boolean undecided(JoinPoint.StaticPart place) {
    Method method = method(place);
    return !ActiveCall.takes(method, ToolMethod.of(method).definition().name());
  }

  /**
   * Decides on a call.
   *
   * @throws ToolDeniedException if it was denied: whoever calls a method would take a denial's text
   *     for what the method found out
   */
  public static @Nullable Object decide(
      JoinPoint.StaticPart at, @Nullable Object[] arguments, MethodRest rest) {
    WovenGate woven = WovenGate.process();
    if (woven.off()) {
      return rest.run();
    }
    Gateway gateway = woven.gateway();
    if (gateway == null) {
      throw new ToolDeniedException(WovenGate.NO_GATE);
    }
    Method method = method(at);
    ToolMethod tool = ToolMethod.of(method);
    ToolResult result = call(gateway.gate(), tool, tool.json(arguments), method, rest);
    if (result instanceof ToolResult.Failed failed) {
      throw GuardedToolCallback.<RuntimeException>thrown(failed.cause());
    }
    if (result instanceof ToolResult.Denied denied) {
      throw new ToolDeniedException(denied.denial());
    }
    ToolResult.Returned returned = (ToolResult.Returned) result;
    return returned.carrier() instanceof Ran ran ? ran.value() : masked(returned, method);
  }

  private static ToolResult call(
      ToolGate gate, ToolMethod tool, String arguments, Method method, MethodRest rest) {
    CarriedTask carried = CarriedTask.here();
    ToolCall call =
        gate.propose(
            new Proposal(
                carried.task(), gate.describe(tool.definition()), arguments, null, SpanOwner.GATE));
    try (Scope contradiction = carried.exposed()) {
      return gate.call(
          call,
          decided -> {
            try (ActiveCall active = ActiveCall.behind(method)) {
              Object value = rest.run();
              return new ToolResult.Returned(ToolMethod.text(value), false, new Ran(value));
            }
          });
    }
  }

  /** What the gate left of a result, as the type that the method has. */
  private static Object masked(ToolResult.Returned returned, Method method) {
    Object value = returned.error() ? null : ToolMethod.value(returned.text(), method);
    if (value == null) {
      throw new ToolDeniedException(new Denial(ReasonCode.RESULT_UNMASKABLE, "none"));
    }
    return value;
  }

  private static Method method(JoinPoint.StaticPart place) {
    return ((MethodSignature) place.getSignature()).getMethod();
  }
}
