package dev.tollgate.testkit;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps records in memory, for assertions; can be told to fail. Thread-safe. */
public final class RecordingAuditSink implements AuditSink {
  private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  @Override
  public void append(List<AuditEntry> more) throws AuditException {
    if (failing) {
      throw new AuditException("told to fail");
    }
    entries.addAll(more);
  }

  /** From now on every append fails, or no longer. */
  public void failing(boolean value) {
    this.failing = value;
  }

  public List<AuditEntry> entries() {
    return entries;
  }

  /** The records of one type, in order. */
  public <R extends AuditRecord> List<R> records(Class<R> type) {
    return entries.stream()
        .map(AuditEntry::record)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public void close() {}
}
