package dev.tollgate.demo.replay;

import dev.tollgate.audit.AuditRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a replay counted. */
final class ReplayCount {
  final AtomicLong traces = new AtomicLong();
  final AtomicLong calls = new AtomicLong();
  final AtomicLong bodies = new AtomicLong();
  final AtomicLong proposed = new AtomicLong();
  final AtomicLong permits = new AtomicLong();
  final AtomicLong denials = new AtomicLong();
  final AtomicLong records = new AtomicLong();
  private final Map<String, Map<String, Long>> perTool = new TreeMap<>();

  synchronized void decided(String tool, AuditRecord.Decided decided) {
    boolean permit = "permit".equals(decided.outcome());
    (permit ? permits : denials).incrementAndGet();
    String column = permit ? "permit" : decided.reason();
    perTool.computeIfAbsent(tool, t -> new TreeMap<>()).merge(column, 1L, Long::sum);
  }

  /** Decisions per tool, by outcome. */
  synchronized Map<String, Map<String, Long>> perTool() {
    return new TreeMap<>(perTool);
  }

  /**
   * Whether everything that was played was decided and recorded, and nothing ran without a permit.
   */
  boolean adds() {
    return calls.get() > 0
        && calls.get() == proposed.get()
        && calls.get() == permits.get() + denials.get()
        && bodies.get() == permits.get();
  }
}
