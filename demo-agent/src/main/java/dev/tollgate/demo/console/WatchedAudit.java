package dev.tollgate.demo.console;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands records on to the real sink, and keeps those it took, for the screen. */
public final class WatchedAudit implements AuditSink {
  private final AuditSink sink;
  private final List<AuditEntry> seen = new ArrayList<>();

  public WatchedAudit(AuditSink sink) {
    this.sink = sink;
  }

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    sink.append(entries);
    synchronized (seen) {
      seen.addAll(entries);
    }
  }

  /** Forgets what it saw so far, such as the adapters' probe calls. The real sink keeps it. */
  public void forget() {
    synchronized (seen) {
      seen.clear();
    }
  }

  /** One row for each call that is on record, in the order they were proposed. */
  public List<CallRow> rows() {
    Map<String, List<AuditEntry>> calls = new LinkedHashMap<>();
    synchronized (seen) {
      for (AuditEntry entry : seen) {
        calls.computeIfAbsent(entry.callId(), id -> new ArrayList<>()).add(entry);
      }
    }
    return calls.values().stream().filter(WatchedAudit::isCall).map(CallRow::of).toList();
  }

  /** Revocations and delegations are on record too, and belong to no call. */
  private static boolean isCall(List<AuditEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.record() instanceof AuditRecord.Proposed);
  }

  /** The tasks it has seen, the first one first. */
  public Set<String> taskIds() {
    synchronized (seen) {
      return seen.stream()
          .map(AuditEntry::taskId)
          .filter(id -> !id.isEmpty())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  @Override
  public void close() {
    sink.close();
  }
}
