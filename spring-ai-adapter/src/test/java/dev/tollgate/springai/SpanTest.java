package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.telemetry.TelemetryNames;
import dev.tollgate.testkit.TestGates;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SpanTest {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetry openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool pay = RecordingTool.of("pay");

  private ApplicationContextRunner application() {
    Application app = Application.denying("pay");
    ToolGate gate = TestGates.gate(app.policy, app.audit).openTelemetry(openTelemetry).build();
    return app.with(ScriptedModel.asking(tool("read"), tool("pay")), gate)
        .withBean(OpenTelemetry.class, () -> openTelemetry);
  }

  /** Spring AI's observations, as spans. */
  private ObservationRegistry bridged() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new DefaultTracingObservationHandler(
                new OtelTracer(
                    openTelemetry.getTracer("bridge"), new OtelCurrentTraceContext(), e -> {})));
    return registry;
  }

  private List<SpanData> toolSpans() {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().startsWith("execute_tool "))
        .toList();
  }

  private void assertOneEach() {
    assertThat(toolSpans())
        .extracting(SpanData::getName)
        .containsExactly("execute_tool read", "execute_tool pay");
    assertThat(toolSpans())
        .extracting(span -> span.getAttributes().get(TelemetryNames.OUTCOME))
        .containsExactly("permit", "deny");
    assertThat(toolSpans())
        .extracting(SpanData::getTraceId)
        .containsOnly(toolSpans().get(0).getTraceId());
  }

  @Test
  void spring_ais_own_span_tells_the_decision_and_there_is_no_second_one() {
    application()
        .withBean(ObservationRegistry.class, this::bridged)
        .run(
            context -> {
              spans.reset(); // the probe's
              ask(context, "do it", read, pay);
              assertOneEach();
              assertThat(toolSpans().get(0).getInstrumentationScopeInfo().getName())
                  .isEqualTo("bridge");
              spans.reset();
              Application.client(context).prompt().user("do it").tools(read, pay).stream()
                  .content()
                  .blockLast();
              assertOneEach();
            });
  }

  @Test
  void without_observations_each_call_has_a_span_of_its_own_under_the_requests() {
    application()
        .run(
            context -> {
              spans.reset();
              Span request = openTelemetry.getTracer("web").spanBuilder("POST /chat").startSpan();
              try (Scope current = request.makeCurrent()) {
                ask(context, "do it", read, pay);
              } finally {
                request.end();
              }
              assertOneEach();
              assertThat(toolSpans())
                  .extracting(SpanData::getParentSpanId)
                  .containsOnly(request.getSpanContext().getSpanId());
              assertThat(spans.getFinishedSpanItems().get(2).getAttributes().isEmpty()).isTrue();
            });
  }
}
