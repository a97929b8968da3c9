package dev.tollgate.telemetry;

import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.policy.Decision;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The tracing stage and the gate's metrics. Thread-safe; never breaks the call it observes. */
public final class GateTelemetry {
  private static final String SCOPE = "dev.tollgate";
  private final Tracer tracer;
  private final LongCounter decisions;
  private final DoubleHistogram decisionDuration;
  private final LongUpDownCounter openLeases;
  private final DoubleHistogram revocationLag;
  private final LongCounter auditFailures;
  private final LongCounter approvals;
  private final LongCounter revocations;
  private final LongCounter delegations;
  private final PolicyMetrics policies;
  private final GateListeners listeners = new GateListeners();
  private final ConcurrentMap<String, Attributes> enforced = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Attributes> observed = new ConcurrentHashMap<>();

  public GateTelemetry(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer(SCOPE);
    Meter meter = openTelemetry.getMeter(SCOPE);
    this.decisions =
        meter
            .counterBuilder(TelemetryNames.METRIC_DECISIONS)
            .setDescription("Decisions by outcome and reason")
            .build();
    this.decisionDuration =
        meter
            .histogramBuilder(TelemetryNames.METRIC_DECISION_DURATION)
            .setUnit("s")
            .setDescription("Time to decide on the calls that were proposed together")
            .build();
    this.policies = new PolicyMetrics(meter);
    this.openLeases =
        meter
            .upDownCounterBuilder(TelemetryNames.METRIC_OPEN_LEASES)
            .setDescription("Credentials handed over and not ended yet")
            .build();
    this.revocationLag =
        meter
            .histogramBuilder(TelemetryNames.METRIC_REVOCATION_LAG)
            .setUnit("s")
            .setDescription("From the end of a call to the end of its credential")
            .build();
    this.auditFailures =
        meter
            .counterBuilder(TelemetryNames.METRIC_AUDIT_FAILURES)
            .setDescription("Audit writes that failed")
            .build();
    this.approvals =
        counter(
            meter,
            TelemetryNames.METRIC_APPROVALS,
            "Calls that wait for a person: request, approve, reject, refuse, use");
    this.revocations =
        counter(meter, TelemetryNames.METRIC_REVOCATIONS, "Revocations and restorations, by what");
    this.delegations =
        counter(
            meter, TelemetryNames.METRIC_DELEGATIONS, "Delegations accepted, or refused and why");
  }

  private static LongCounter counter(Meter meter, String name, String description) {
    return meter.counterBuilder(name).setDescription(description).build();
  }

  /** From now on the listener is told what is counted. */
  public void listen(GateListener listener) {
    listeners.add(listener);
  }

  /** No longer. */
  public void unlisten(GateListener listener) {
    listeners.remove(listener);
  }

  /**
   * Starts the call's span, or takes the framework's, and makes it current. Close what is returned.
   */
  public CallSpan open(ToolCall call) {
    return call.spanOwner() == SpanOwner.FRAMEWORK && Span.current().getSpanContext().isValid()
        ? CallSpan.enrich(call, Span.current())
        : CallSpan.start(call, tracer);
  }

  /**
   * A call was decided on.
   *
   * @param enforced false if observe mode lets it run although it was denied
   */
  public void decided(ToolCall call, Decision decision, boolean enforced) {
    listeners.decided(call, decision, enforced);
    String reason = decision.reasonCode();
    String key = reason.isEmpty() ? decision.outcome() : reason;
    ConcurrentMap<String, Attributes> known = enforced ? this.enforced : observed;
    Attributes attributes = known.get(key);
    if (attributes == null) {
      attributes =
          Attributes.of(
              TelemetryNames.OUTCOME,
              decision.outcome(),
              TelemetryNames.REASON,
              reason,
              TelemetryNames.ENFORCED,
              enforced);
      known.put(key, attributes);
    }
    decisions.add(1, attributes);
  }

  /** Policies that had changed were loaded, or did not load. */
  public void policiesReloaded(boolean ok) {
    policies.reloaded(ok);
    listeners.tell(one -> one.policiesReloaded(ok));
  }

  /** How many forbids a reload took away or changed. */
  public void forbidsGone(int count) {
    policies.forbidsGone(count);
    listeners.tell(one -> one.forbidsGone(count));
  }

  /** The policy engine had lost what it kept for a tool. */
  public void policyCacheLost() {
    policies.cacheLost();
  }

  /** Something that decides what is permitted can be written by this process. */
  public void policyUnprotected() {
    policies.unprotected();
  }

  /** A shadow set was asked: the outcome that counts, and its own. */
  public void shadowed(boolean agrees, String from, String to) {
    policies.shadowed(agrees, from, to);
  }

  public void decisionTook(long nanos) {
    decisionDuration.record(nanos / 1e9);
    listeners.decisionTook(nanos);
  }

  public void leaseOpened() {
    openLeases.add(1);
  }

  public void leaseEnded() {
    openLeases.add(-1);
  }

  public void revoked(long lagNanos) {
    revocationLag.record(lagNanos / 1e9);
    listeners.tell(one -> one.leaseEnded(lagNanos));
  }

  /**
   * Something about an approval went on record.
   *
   * @param event request, approve, reject, refuse or use
   */
  public void approval(String event) {
    approvals.add(1, Attributes.of(TelemetryNames.EVENT, event));
    listeners.tell(one -> one.approval(event));
  }

  /** Something was revoked or restored. */
  public void revocation(String event, String what) {
    revocations.add(1, Attributes.of(TelemetryNames.EVENT, event, TelemetryNames.KIND, what));
    listeners.tell(one -> one.revocation(event, what));
  }

  /**
   * A delegation was accepted.
   *
   * @param reason why it was refused, empty if it was not
   */
  public void delegation(String reason) {
    delegations.add(1, Attributes.of(TelemetryNames.REASON, reason));
    listeners.tell(one -> one.delegation(reason));
  }

  public void auditFailed() {
    auditFailures.add(1);
    listeners.tell(GateListener::auditFailed);
  }
}
