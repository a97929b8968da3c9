package dev.tollgate.telemetry;

import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/**
 * The span of one call: the gate's own, which ends with it, or the framework's, which is enriched.
 */
public final class CallSpan implements AutoCloseable {
  private final Span span;
  private final Scope scope;
  private final boolean own;

  private CallSpan(Span span, Scope scope, boolean own) {
    this.span = span;
    this.scope = scope;
    this.own = own;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  static CallSpan start(ToolCall call, Tracer tracer) {
    String tool = DecidedCall.shown(call.tool());
    SpanBuilder builder =
        tracer
            .spanBuilder(TelemetryNames.SPAN_PREFIX.concat(tool))
            .setAttribute(TelemetryNames.OPERATION, "execute_tool");
    Span span = builder.startSpan();
    describe(call, span);
    return new CallSpan(span, span.makeCurrent(), true);
  }

  static CallSpan enrich(ToolCall call, Span span) {
    describe(call, span);
    return new CallSpan(span, Scope.noop(), false);
  }

  private static void describe(ToolCall call, Span span) {
    span.setAttribute(TelemetryNames.TOOL, DecidedCall.shown(call.tool()))
        .setAttribute(TelemetryNames.CALL_ID, call.id());
    Task task = call.task();
    if (task != null) {
      span.setAttribute(TelemetryNames.AGENT, task.agent().id())
          .setAttribute(TelemetryNames.TASK_ID, task.id());
    }
  }

  /** Notes the decision. */
  public void decided(Decision decision) {
    span.addEvent(TelemetryNames.EVENT_DECIDED, DecisionAttributes.of(decision));
    span.setAttribute(TelemetryNames.OUTCOME, decision.outcome());
  }

  /** Notes how the call ended. */
  public ToolResult ended(ToolResult result) {
    if (result instanceof ToolResult.Denied denied) {
      ReasonCode reason = denied.denial().reason();
      span.setAttribute(TelemetryNames.ERROR_TYPE, reason.code())
          .setAttribute(TelemetryNames.OUTCOME, "deny")
          .setAttribute(TelemetryNames.REASON, reason.code())
          .setStatus(StatusCode.ERROR, reason.code());
    } else if (result instanceof ToolResult.Failed failed) {
      // Only the class: a message may hold what the tool was given.
      span.setAttribute(TelemetryNames.ERROR_TYPE, failed.cause().getClass().getName())
          .setStatus(StatusCode.ERROR);
    }
    return result;
  }

  /** Notes that the tool ended with an {@link Error}, which goes on to the framework. */
  public void broke(Throwable error) {
    span.setAttribute(TelemetryNames.ERROR_TYPE, error.getClass().getName())
        .setStatus(StatusCode.ERROR);
  }

  @Override
  public void close() {
    scope.close();
    if (own) {
      span.end();
    }
  }
}
