package dev.tollgate.testkit.coverage;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that can be told to take no record of calls that are proposed for a time. */
final class ArmedSink implements AuditSink {
  private final AuditSink real;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicInteger appendsRefused = new AtomicInteger();
  private volatile boolean failing;

  ArmedSink(AuditSink real) {
    this.real = real;
  }

  void failing(boolean value) {
    failing = value;
  }

  /** How often it was asked and took nothing. */
  int refused() {
    return appendsRefused.get();
  }

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    if (entries.stream().anyMatch(this::ofARefusedCall)) {
      appendsRefused.incrementAndGet();
      throw new AuditException("told to fail");
    }
    real.append(entries);
  }

  private boolean ofARefusedCall(AuditEntry entry) {
    if (failing && entry.record() instanceof AuditRecord.Proposed) {
      refused.add(entry.callId());
    }
    return refused.contains(entry.callId());
  }

  @Override
  public void close() {
    real.close();
  }
}
