package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.telemetry.DecidedCall;
import dev.tollgate.telemetry.GateListener;
import dev.tollgate.telemetry.TelemetryNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What the gate counts, as Micrometer meters under the names that it has in OpenTelemetry. Spans
 * are not made here: the tool's own span carries the decision already.
 */
final class GateMeters implements MeterBinder, AutoCloseable {
  /** A tool server chooses the names of its tools; a registry keeps every one for ever. */
  private static final int MOST_TOOLS = 200;

  private static final String OTHER = "(other)";
  private final ToolGate gate;
  private final List<GateListener> bound = new CopyOnWriteArrayList<>();
  private final Set<String> tools = ConcurrentHashMap.newKeySet();

  GateMeters(ToolGate gate) {
    this.gate = gate;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(TelemetryNames.METRIC_OPEN_LEASES, gate, one -> one.openLeases().size())
        .description("Credentials handed over and not ended yet")
        .register(registry);
    Gauge.builder(
            "tollgate.credential.revocations.pending",
            gate,
            one -> one.status().pendingRevocations())
        .description("Credentials of ended calls that could not be revoked yet")
        .register(registry);
    Gauge.builder(TelemetryNames.METRIC_UNPROTECTED, gate, one -> one.status().unprotected())
        .description("Policies that the process can write")
        .register(registry);
    GateListener listener = new Counting(registry);
    bound.add(listener);
    gate.listen(listener);
  }

  private String tool(String name) {
    if (!tools.contains(name)) {
      if (tools.size() >= MOST_TOOLS) {
        return OTHER;
      }
      tools.add(name);
    }
    return name;
  }

  @Override
  public void close() {
    bound.forEach(gate::unlisten);
  }

  /** What a decision is counted as. */
  private record Kind(String tool, String outcome, String reason, boolean enforced) {}

  private final class Counting implements GateListener {
    private final MeterRegistry registry;
    // A registry's own look-up makes the tags anew for every call.
    private final ConcurrentMap<Kind, Counter> counters = new ConcurrentHashMap<>();
    private final Timer decisions;
    private final Timer revocationLag;

    Counting(MeterRegistry registry) {
      this.registry = registry;
      this.decisions =
          Timer.builder(TelemetryNames.METRIC_DECISION_DURATION)
              .description("Time to decide on the calls that were proposed together")
              .register(registry);
      this.revocationLag =
          Timer.builder(TelemetryNames.METRIC_REVOCATION_LAG)
              .description("From the end of a call to the end of its credential")
              .register(registry);
      registry.counter(TelemetryNames.METRIC_AUDIT_FAILURES);
    }

    @Override
    public void decided(DecidedCall call) {
      counters
          .computeIfAbsent(
              new Kind(tool(call.tool()), call.outcome(), call.reason(), call.enforced()),
              this::counter)
          .increment();
    }

    private Counter counter(Kind kind) {
      return registry.counter(
          TelemetryNames.METRIC_DECISIONS,
          "tool",
          kind.tool,
          "outcome",
          kind.outcome,
          "reason",
          kind.reason.isEmpty() ? "none" : kind.reason,
          "enforced",
          String.valueOf(kind.enforced));
    }

    @Override
    public void decisionTook(long nanos) {
      decisions.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void leaseEnded(long lagNanos) {
      revocationLag.record(lagNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void auditFailed() {
      registry.counter(TelemetryNames.METRIC_AUDIT_FAILURES).increment();
    }

    @Override
    public void approval(String event) {
      registry.counter(TelemetryNames.METRIC_APPROVALS, "event", event).increment();
    }

    @Override
    public void revocation(String event, String kind) {
      registry.counter(TelemetryNames.METRIC_REVOCATIONS, "event", event, "kind", kind).increment();
    }

    @Override
    public void delegation(String reason) {
      registry
          .counter(TelemetryNames.METRIC_DELEGATIONS, "reason", reason.isEmpty() ? "none" : reason)
          .increment();
    }

    @Override
    public void policiesReloaded(boolean ok) {
      registry.counter(TelemetryNames.METRIC_RELOADS, "result", ok ? "ok" : "failed").increment();
    }

    @Override
    public void forbidsGone(int count) {
      registry.counter(TelemetryNames.METRIC_FORBIDS_GONE).increment(count);
    }
  }
}
