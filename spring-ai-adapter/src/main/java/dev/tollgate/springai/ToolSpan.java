package dev.tollgate.springai;

import dev.tollgate.ToolCall;
import dev.tollgate.telemetry.TelemetryNames;
import dev.tollgate.tool.Tool;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the current span is the call's own. A manager that does not observe leaves the
 * span around the whole chat current, which several calls would overwrite in turn.
 */
final class ToolSpan implements AutoCloseable {
  private static final ToolSpan NONE = new ToolSpan(null, Scope.noop());

  private final @Nullable Span own;
  private final Scope scope;

  private ToolSpan(@Nullable Span own, Scope scope) {
    this.own = own;
    this.scope = scope;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  static ToolSpan around(ToolCall call, SpanContext outside, Gateway gateway) {
    if (!outside.isValid()
        || !outside.getSpanId().equals(Span.current().getSpanContext().getSpanId())) {
      return NONE; // Spring AI's, or none: the gate makes one
    }
    boolean unknown = call.tool().standing() == Tool.Standing.UNKNOWN;
    Span span =
        gateway
            .openTelemetry()
            .getTracer("dev.tollgate")
            .spanBuilder(TelemetryNames.SPAN_PREFIX + (unknown ? "(unknown)" : call.tool().name()))
            .setAttribute(TelemetryNames.OPERATION, "execute_tool")
            .startSpan();
    return new ToolSpan(span, span.makeCurrent());
  }

  @Override
  public void close() {
    scope.close();
    if (own != null) {
      own.end();
    }
  }
}
