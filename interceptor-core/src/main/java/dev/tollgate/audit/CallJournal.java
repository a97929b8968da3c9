package dev.tollgate.audit;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The records of one call that are not written yet. Used by one thread at a time. */
public final class CallJournal {
  private final AuditSink sink;
  private final Supplier<Instant> clock;
  private final String tenant;
  private final String taskId;
  private final String callId;
  private List<AuditEntry> pending = new ArrayList<>(4);

  public CallJournal(
      AuditSink sink, Supplier<Instant> clock, String tenant, String taskId, String callId) {
    this.sink = sink;
    this.clock = clock;
    this.tenant = tenant;
    this.taskId = taskId;
    this.callId = callId;
  }

  /** Adds a record; it is written with the next {@link #flush}. */
  public void note(AuditRecord record) {
    SpanContext span = Span.current().getSpanContext();
    String trace = span.isValid() ? span.getTraceId() : "";
    pending.add(new AuditEntry(clock.get(), tenant, taskId, callId, trace, record));
  }

  /** Writes what is pending, in one write. */
  public void flush() throws AuditException {
    if (!pending.isEmpty()) {
      List<AuditEntry> entries = pending;
      pending = new ArrayList<>(4);
      sink.append(entries);
    }
  }

  /** Hands over what is pending, to be written together with other calls' records. */
  public List<AuditEntry> drain() {
    List<AuditEntry> entries = pending;
    pending = new ArrayList<>(4);
    return entries;
  }
}
