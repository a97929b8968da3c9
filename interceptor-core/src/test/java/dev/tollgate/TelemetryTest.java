package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One span a call, denied ones too, and nothing in it that a model wrote. */
class TelemetryTest {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk otel =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();

  private Bench bench(Policy policy) {
    Bench bench = new Bench(policy);
    bench.builder.openTelemetry(otel);
    return bench;
  }

  private static String text(SpanData span, String key) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
  }

  @Test
  void aPermittedCallHasOneSpan() {
    Bench bench = bench(Policy.permit());
    bench.run("read");
    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    assertThat(span.getName()).isEqualTo("execute_tool read");
    assertThat(text(span, "gen_ai.operation.name")).isEqualTo("execute_tool");
    assertThat(text(span, "gen_ai.tool.name")).isEqualTo("read");
    assertThat(text(span, "gen_ai.agent.name")).isEqualTo("agent");
    assertThat(text(span, "tollgate.decision.outcome")).isEqualTo("permit");
    assertThat(span.getEvents()).extracting(e -> e.getName()).containsExactly("tollgate.decided");
    assertThat(bench.sink.entries).extracting(e -> e.traceId()).containsOnly(span.getTraceId());
  }

  @Test
  void aDeniedCallHasOneSpan() {
    bench(Policy.deny(ReasonCode.POLICY_FORBIDDEN)).run("read");
    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(span, "error.type")).isEqualTo("policy_forbidden");
    assertThat(text(span, "tollgate.decision.outcome")).isEqualTo("deny");
  }

  @Test
  void aRefusalExecutedHasOneSpan() {
    Bench bench = bench(Policy.deny(ReasonCode.POLICY_FORBIDDEN));
    Admission refusal = bench.gate().admit(List.of(bench.call("read"))).get(0);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
    bench.gate().execute(refusal, bench.body());
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
  }

  @Test
  void theFrameworksSpanIsEnrichedAndLeftOpen() {
    Bench bench = bench(Policy.permit());
    Span framework = otel.getTracer("framework").spanBuilder("tool").startSpan();
    ToolCall call =
        bench
            .gate()
            .propose(
                new Proposal(bench.task(), bench.tool("read"), "{}", null, SpanOwner.FRAMEWORK));
    try (var scope = framework.makeCurrent()) {
      bench.gate().call(call, bench.body());
    }
    assertThat(spans.getFinishedSpanItems()).isEmpty();
    framework.end();
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("tool");
    assertThat(text(span, "tollgate.call.id")).isEqualTo(call.id());
  }

  @Test
  void anErrorOfTheToolIsOnTheSpan() {
    Bench bench = bench(Policy.permit());
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(
            () ->
                bench
                    .gate()
                    .call(
                        bench.call("read"),
                        text -> {
                          throw new AssertionError("zebra");
                        }));
    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(thrown).isInstanceOf(AssertionError.class);
    assertThat(text(span, "error.type")).isEqualTo("java.lang.AssertionError");
    assertThat(span.toString()).doesNotContain("zebra");
  }

  @Test
  void nothingThatAModelWroteIsInASpan() {
    Bench bench = bench(Policy.permit());
    bench
        .gate()
        .call(
            bench
                .gate()
                .propose(
                    new Proposal(
                        bench.task(),
                        Tool.unknown("zebra", "zebra"),
                        "{\"zebra\":\"zebra\"}",
                        "zebra",
                        SpanOwner.GATE)),
            bench.body());
    bench
        .gate()
        .call(
            bench.call(bench.task(), bench.tool("read"), "{\"zebra\":\"zebra\"}"),
            text -> {
              throw new IllegalStateException("zebra");
            });
    assertThat(spans.getFinishedSpanItems()).hasSize(2);
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("zebra");
  }

  @Test
  void metrics() {
    Bench bench = bench(Policy.permit());
    bench.run("read");
    bench.sink.failing = true;
    bench.run("read");
    assertThat(metrics.collectAllMetrics())
        .extracting(MetricData::getName)
        .contains("tollgate.decisions", "tollgate.decision.duration", "tollgate.audit.failures");
  }

  @Test
  void whatPeopleDoIsMetered() {
    Bench bench =
        bench(
            Policy.each(
                request ->
                    new dev.tollgate.policy.Decision.NeedsApproval(
                        Policy.BASIS, java.util.List.of())));
    bench.builder.approvals(3, java.time.Duration.ofMinutes(5));
    Denial denial = ((ToolResult.Denied) bench.run("read")).denial();
    var desk = java.util.Objects.requireNonNull(bench.gate().approvals());
    String id = java.util.Objects.requireNonNull(denial.approvalId());
    desk.approve("acme", id, dev.tollgate.approval.Approver.person("acme", "bob", null));
    desk.approve("acme", id, dev.tollgate.approval.Approver.person("acme", "bob", null));
    var unused =
        bench
            .gate()
            .killSwitch()
            .revoke(dev.tollgate.guard.RevocationTarget.agent("acme", "agent"), "carol");
    assertThat(metrics.collectAllMetrics().toString())
        .contains(
            "tollgate.approvals",
            "tollgate.event=\"request\"",
            "tollgate.event=\"approve\"",
            "tollgate.event=\"refuse\"",
            "tollgate.revocations",
            "tollgate.kind=\"agent\"");
  }
}
