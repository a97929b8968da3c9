package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.function.UnaryOperator;

/** An installed gate for one test, and what it saw after the probe call. */
final class Gated implements AutoCloseable {
  final ScriptedPolicy policy;
  final RecordingAuditSink audit = new RecordingAuditSink();
  final ToolGate gate;
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();

  private Gated(
      ScriptedPolicy policy, AdapterSettings settings, UnaryOperator<ToolGateBuilder> more) {
    this.policy = policy;
    OpenTelemetry telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    this.gate = more.apply(TestGates.gate(policy, audit).openTelemetry(telemetry)).build();
    TollgateLangChain4j.install(gate, settings);
    audit.entries().clear();
    spans.reset();
  }

  static Gated by(ScriptedPolicy policy) {
    return by(policy, gate -> gate);
  }

  static Gated by(ScriptedPolicy policy, UnaryOperator<ToolGateBuilder> more) {
    return by(policy, AdapterSettings.DEFAULT, more);
  }

  static Gated by(
      ScriptedPolicy policy, AdapterSettings settings, UnaryOperator<ToolGateBuilder> more) {
    return new Gated(policy, settings, more);
  }

  static Gated permitting() {
    return by(ScriptedPolicy.permitAll());
  }

  static Gated denying(String... tools) {
    return by(ScriptedPolicy.denying(tools));
  }

  /** What the policy was asked, in order. */
  List<PolicyRequest> asked() {
    return policy.asked().stream().flatMap(List::stream).toList();
  }

  List<AuditRecord.Proposed> proposed() {
    return audit.records(AuditRecord.Proposed.class);
  }

  List<String> reasons() {
    return audit.records(AuditRecord.Decided.class).stream()
        .map(AuditRecord.Decided::reason)
        .toList();
  }

  List<String> outcomes() {
    return audit.records(AuditRecord.Outcome.class).stream()
        .map(AuditRecord.Outcome::state)
        .toList();
  }

  List<String> callIds() {
    return audit.entries().stream().map(AuditEntry::callId).distinct().toList();
  }

  List<String> spans() {
    return spans.getFinishedSpanItems().stream().map(SpanData::getName).toList();
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
    gate.close();
  }
}
