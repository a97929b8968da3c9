package dev.tollgate.audit;

import dev.tollgate.telemetry.GateTelemetry;
import java.util.List;

/**
 * Counts what goes on record about people, revocations and delegations: metric and audit cannot
 * tell different stories. Thread-safe if the sink is.
 */
public final class MeteredSink implements AuditSink {
  private final AuditSink sink;
  private final GateTelemetry telemetry;
  private volatile boolean failing;

  public MeteredSink(AuditSink sink, GateTelemetry telemetry) {
    this.sink = sink;
    this.telemetry = telemetry;
  }

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    boolean written = false;
    try {
      sink.append(entries);
      written = true;
    } finally {
      if (failing == written) { // written only when it changes: many calls read it
        failing = !written;
      }
    }
    for (int i = 0; i < entries.size(); i++) {
      count(entries.get(i).record());
    }
  }

  /** Whether the last records could not be written. */
  public boolean failing() {
    return failing;
  }

  /** Whether there is no sink, so that nothing can be recorded. */
  public boolean missing() {
    return sink instanceof NoAudit;
  }

  private void count(AuditRecord record) {
    if (record instanceof AuditRecord.ApprovalRequested) {
      telemetry.approval("request");
    } else if (record instanceof AuditRecord.ApprovalAnswered answered) {
      telemetry.approval(answered.answer());
    } else if (record instanceof AuditRecord.ApprovalUsed) {
      telemetry.approval("use");
    } else if (record instanceof AuditRecord.Revoked revoked) {
      telemetry.revocation(revoked.action(), revoked.what());
    } else if (record instanceof AuditRecord.DelegationAccepted accepted) {
      telemetry.delegation(accepted.reason());
    }
  }

  @Override
  public void close() {
    sink.close();
  }
}
