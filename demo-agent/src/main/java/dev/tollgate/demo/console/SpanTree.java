package dev.tollgate.demo.console;

import dev.tollgate.telemetry.TelemetryNames;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the spans of a scenario and draws them as a tree. */
public final class SpanTree implements SpanExporter {
  private final List<SpanData> spans = new ArrayList<>();

  @Override
  public synchronized CompletableResultCode export(Collection<SpanData> more) {
    spans.addAll(more);
    return CompletableResultCode.ofSuccess();
  }

  public synchronized List<SpanData> spans() {
    return List.copyOf(spans);
  }

  public synchronized void clear() {
    spans.clear();
  }

  /** The spans so far, children below their parents, with the gate's events. */
  public String render(String indent) {
    List<SpanData> all = spans();
    Set<String> ids = all.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
    StringBuilder out = new StringBuilder();
    all.stream()
        .filter(span -> !ids.contains(span.getParentSpanId()))
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .forEach(root -> draw(root, all, indent, out));
    return out.toString();
  }

  private static void draw(SpanData span, List<SpanData> all, String indent, StringBuilder out) {
    double millis = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6;
    out.append(indent)
        .append("└ ")
        .append(Table.safe(span.getName()))
        .append(String.format("  %.1f ms", millis))
        .append(denied(span));
    span.getEvents()
        .forEach(
            event -> {
              StringBuilder values = new StringBuilder();
              event
                  .getAttributes()
                  .forEach(
                      (key, value) -> {
                        if (!value.toString().isEmpty()) {
                          values.append(' ').append(Table.safe(value.toString()));
                        }
                      });
              out.append("\n")
                  .append(indent)
                  .append("    · ")
                  .append(event.getName())
                  .append(values);
            });
    out.append('\n');
    all.stream()
        .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .forEach(child -> draw(child, all, indent + "  ", out));
  }

  private static String denied(SpanData span) {
    String reason = span.getAttributes().get(TelemetryNames.REASON);
    return reason == null ? "" : "  denied: " + reason;
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
