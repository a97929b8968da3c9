package dev.tollgate;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.PolicyChanged;
import dev.tollgate.audit.PolicyReloadAsked;
import dev.tollgate.audit.PolicyReloadFailed;
import dev.tollgate.audit.PolicyUnprotected;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.PolicyReload;
import dev.tollgate.telemetry.GateTelemetry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and records what happens to the policies. Thread-safe. */
final class PolicyRecords implements PolicyListener {
  private static final Logger log = LoggerFactory.getLogger(PolicyRecords.class);
  private final AuditSink audit;
  private final GateTelemetry telemetry;
  private final GateClock clock;
  private final BooleanSupplier closed;
  private final AtomicReference<String> lastProblem = new AtomicReference<>("");
  private final AtomicInteger unprotected = new AtomicInteger();

  PolicyRecords(AuditSink audit, GateTelemetry telemetry, GateClock clock, BooleanSupplier closed) {
    this.audit = audit;
    this.telemetry = telemetry;
    this.clock = clock;
    this.closed = closed;
  }

  @Override
  public void reloaded(Change change) {
    lastProblem.set("");
    telemetry.policiesReloaded(true);
    telemetry.forbidsGone(change.forbidsGone().size());
    record(
        new PolicyChanged(
            change.from(),
            change.to(),
            change.policies(),
            change.forbidsGone(),
            change.permitsNew()));
  }

  /** Counted each time, recorded when it is another problem than before. */
  @Override
  public void reloadFailed(String problem) {
    telemetry.policiesReloaded(false);
    if (!problem.equals(lastProblem.getAndSet(problem))) {
      record(new PolicyReloadFailed(problem));
    }
  }

  @Override
  public void cacheLost(String tool) {
    telemetry.policyCacheLost();
  }

  @Override
  public void shadowed(boolean agrees, String from, String to) {
    telemetry.shadowed(agrees, from, to);
  }

  /** Something that decides what is permitted lies where this process can write. */
  void unprotected(String place) {
    unprotected.incrementAndGet();
    telemetry.policyUnprotected();
    record(new PolicyUnprotected(place));
  }

  /** Whether the last policies that were found did not load. */
  boolean reloadFailed() {
    return !"".equals(lastProblem.get());
  }

  /** How many places can be written by this process. */
  int unprotectedPlaces() {
    return unprotected.get();
  }

  /**
   * Somebody asked for a reload.
   *
   * @return false if that could not be recorded: then nothing is loaded
   */
  boolean asked(String by) {
    return record(new PolicyReloadAsked(by));
  }

  /** Has an engine look again, which others may have written. */
  PolicyReload reloaded(PolicyDecisionPoint policy) {
    try {
      PolicyReload reload = policy.reload();
      return reload == null ? PolicyReload.FAILED : reload;
    } catch (RuntimeException | Error e) {
      log.error("the policy engine failed to look again", e);
      return PolicyReload.FAILED;
    }
  }

  private boolean record(AuditRecord record) {
    if (closed.getAsBoolean()) {
      return false; // and so is the audit
    }
    try {
      audit.append(List.of(new AuditEntry(clock.now(), AuditEntry.UNASSIGNED, "", "", "", record)));
      return true;
    } catch (AuditException | RuntimeException | Error e) {
      telemetry.auditFailed();
      log.error("audit: {} could not be written", record.kind(), e);
      return false;
    }
  }
}
