package dev.tollgate;

import dev.tollgate.audit.CallJournal;
import dev.tollgate.guard.RunningCall;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The right to run one call once, soon. Only the gate makes one. Thread-safe. */
public final class AdmittedCall implements Admission {
  private final GateParts gate;
  private final ToolCall call;
  private final Arguments.Parsed arguments;
  private final Decision decision;
  private final CallJournal journal;
  private final long expiresNanos;
  private final RunningCall running;
  private final @Nullable AskedFacts asked;
  private final AtomicBoolean used = new AtomicBoolean();

  AdmittedCall(
      GateParts gate,
      ToolCall call,
      Arguments.Parsed arguments,
      Decision decision,
      CallJournal journal,
      long expiresNanos) {
    this.gate = gate;
    this.call = call;
    this.arguments = arguments;
    this.decision = decision;
    this.journal = journal;
    this.expiresNanos = expiresNanos;
    this.running = new RunningCall(call);
    this.asked = call.asked(); // of this decision, whatever the call is asked about later
  }

  @Override
  public ToolCall call() {
    return call;
  }

  @Override
  public Decision decision() {
    return decision;
  }

  /** The arguments that were decided on. */
  public Arguments.Parsed arguments() {
    return arguments;
  }

  /** What the decision demands; empty where observe mode let a denied call through. */
  public List<Obligation> obligations() {
    return Decision.obligations(decision);
  }

  /** When this ends, on the gate's monotonic clock. */
  public long expiresNanos() {
    return expiresNanos;
  }

  /** The call while it runs: where a revocation finds it. */
  public RunningCall running() {
    return running;
  }

  /** What its clients ask, while it runs. */
  ConnectionGuard connections() {
    return new ConnectionGuard(gate, this);
  }

  /** What was known when the policy was asked; {@code null} if it was not. */
  @Nullable AskedFacts asked() {
    return asked;
  }

  CallJournal journal() {
    return journal;
  }

  boolean madeBy(GateParts other) {
    return gate == other;
  }

  /** True for the first caller, and never again. */
  boolean use() {
    return used.compareAndSet(false, true);
  }
}
