package dev.tollgate.benchmarks;

import dev.tollgate.GateLimits;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.AuditVerifier;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A gate over a fresh folder with tracing and audit switched on, and one call of an empty tool. */
final class MeasuredGate {
  /** System property: an existing folder in which keys and audit are written and kept. */
  static final String KEEP = "benchmarks.folder";

  static final int PAYEES = 16;
  private static final Duration DAY = Duration.ofDays(1);
  private static final String TENANT = "bench";
  private static final String KEYS = "keys.jwks";
  private static final String AUDIT = "audit";
  private static final String ANCHORS = "anchors";
  private static final ToolResult RESULT = ToolResult.returned(PayTool.RESULT);
  private static final ToolBody EMPTY = arguments -> RESULT;

  private final Path folder;
  private final OpenTelemetrySdk telemetry;
  private final ToolGate gate;
  private final List<Proposal> proposals = new ArrayList<>();
  private int next;

  MeasuredGate(Durability durability, Function<ToolManifest, PolicyDecisionPoint> policy) {
    try {
      folder = newFolder();
      JwkFileKeySource.generate(folder.resolve(KEYS), "bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KeySource keys = JwkFileKeySource.load(folder.resolve(KEYS));
    telemetry = telemetry();
    gate =
        parts(keys, telemetry, policy)
            .audit(
                new FileAuditSink(
                    folder.resolve(AUDIT),
                    keys,
                    durability,
                    new FileAnchor(folder.resolve(ANCHORS))))
            .build();
    Task task =
        gate.startTask(
            Intent.human("Pay the office supplies"),
            AgentIdentity.of("clerk"),
            Caller.of(TENANT, "ada"),
            null);
    Tool tool = gate.describe(new ToolDefinition(PayTool.NAME, "Pays an invoice", "", "bench"));
    for (int payee = 0; payee < PAYEES; payee++) {
      proposals.add(new Proposal(task, tool, PayTool.arguments(payee), "call_1", SpanOwner.GATE));
    }
  }

  /** Real spans, exported to nowhere. */
  static OpenTelemetrySdk telemetry() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new NullExporter()).build())
                .build())
        .build();
  }

  /** All but the audit; the guard's limits count, and are too wide to be met. */
  static ToolGateBuilder parts(
      KeySource keys,
      OpenTelemetrySdk telemetry,
      Function<ToolManifest, PolicyDecisionPoint> policy) {
    ToolManifest manifest = ToolManifest.parse(PayTool.MANIFEST, "bench");
    return ToolGate.builder()
        .keys(keys)
        .manifest(manifest)
        .policy(policy.apply(manifest))
        .openTelemetry(telemetry)
        .guard(
            GuardSettings.DEFAULT.withLimits(
                Limit.budget(BudgetScope.TASK, Meter.CALLS, Long.MAX_VALUE, DAY),
                Limit.budget(BudgetScope.TASK, Meter.DENIALS, Long.MAX_VALUE, DAY)))
        .limits(new GateLimits(DAY, Duration.ofSeconds(30), JsonLimits.DEFAULT));
  }

  /** Proposes and runs one call. A denied one is no measurement. */
  ToolResult call() {
    // Always the same payee would be a loop, and the guard would stop it.
    Proposal proposal = proposals.get(next++ % PAYEES);
    ToolResult result = gate.call(gate.propose(proposal), EMPTY);
    if (result != RESULT) {
      throw new IllegalStateException("the tool did not run: " + result);
    }
    return result;
  }

  /** Closes the gate. What it recorded is removed, unless {@link #KEEP} says where to keep it. */
  void end() {
    gate.close();
    telemetry.close();
    if (System.getProperty(KEEP) == null) {
      try {
        remove();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Verifies what a gate of an earlier run left in its folder. */
  static AuditReport verify(Path folder) throws IOException {
    return new AuditVerifier(JwkFileKeySource.load(folder.resolve(KEYS)))
        .verify(
            folder.resolve(AUDIT).resolve(TENANT + ".jsonl"),
            folder.resolve(ANCHORS).resolve(TENANT + ".heads"));
  }

  private static Path newFolder() throws IOException {
    String keep = System.getProperty(KEEP);
    return keep == null
        ? Files.createTempDirectory("tollgate-bench-")
        : Files.createTempDirectory(Path.of(keep), "gate-");
  }

  private void remove() throws IOException {
    List<Path> deepestFirst;
    try (var files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
