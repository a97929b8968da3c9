package dev.tollgate.audit;

import java.util.List;

/** What stands where no sink is configured: nothing can be recorded, so nothing runs. */
public final class NoAudit implements AuditSink {
  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    throw new AuditException("no audit sink is configured; set tollgate.audit.folder");
  }

  @Override
  public void close() {}
}
