package dev.tollgate.demo.replay;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands records on to the real sink, and counts those of traces: an adapter's probe is no call. */
final class CountingAudit implements AuditSink, PlayWatch {
  private final AuditSink sink;
  private final ReplayCount count;
  private volatile boolean counting;
  private final Map<String, String> toolOfCall = new ConcurrentHashMap<>();

  CountingAudit(AuditSink sink, ReplayCount count) {
    this.sink = sink;
    this.count = count;
  }

  @Override
  public void begins(RecordedTrace trace) {
    counting = true;
  }

  @Override
  public void bodyRan(String tool) {
    count.bodies.incrementAndGet();
  }

  @Override
  public void ends() {
    counting = false;
  }

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    sink.append(entries);
    if (!counting) {
      return;
    }
    for (AuditEntry entry : entries) {
      count.records.incrementAndGet();
      if (entry.record() instanceof AuditRecord.Proposed proposed) {
        count.proposed.incrementAndGet();
        toolOfCall.put(entry.callId(), proposed.tool());
      } else if (entry.record() instanceof AuditRecord.Decided decided) {
        String tool = toolOfCall.remove(entry.callId());
        count.decided(tool == null ? "?" : tool, decided);
      }
    }
  }

  @Override
  public void close() {
    sink.close();
  }
}
