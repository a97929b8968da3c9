package dev.tollgate.audit;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** The records of one call that are not written yet. Used by one thread at a time. */
public final class CallJournal {
  private final AuditSink sink;
  private final Supplier<Instant> clock;
  private final String tenant;
  private final String taskId;
  private final String callId;
  private List<AuditEntry> pending = List.of();
  private boolean begun;
  private boolean dispatched;

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
    if (record instanceof AuditRecord.Dispatched) {
      dispatched = true;
    } else if (record instanceof AuditRecord.Refused) {
      dispatched = false;
    }
    SpanContext span = Span.current().getSpanContext();
    String trace = span.isValid() ? span.getTraceId() : "";
    add(new AuditEntry(clock.get(), tenant, taskId, callId, trace, record));
  }

  /** Several come before the first write; after it, mostly one at a time. */
  private void add(AuditEntry entry) {
    if (begun && pending.isEmpty()) {
      pending = List.of(entry);
      return;
    }
    if (!(pending instanceof ArrayList)) {
      List<AuditEntry> more = new ArrayList<>(4);
      more.addAll(pending);
      pending = more;
    }
    pending.add(entry);
  }

  /** Whether the tool may have run: it was dispatched, and not stopped after that. */
  public boolean dispatched() {
    return dispatched;
  }

  /**
   * Writes what is pending, in one write. What could not be written stays pending: if a later write
   * succeeds, the call's story is whole.
   *
   * @throws AuditException whatever it is that the sink throws
   */
  public void flush() throws AuditException {
    if (pending.isEmpty()) {
      return;
    }
    List<AuditEntry> written = drain(); // what a sink was given does not change under it
    try {
      sink.append(Collections.unmodifiableList(written));
    } catch (AuditException | RuntimeException | Error e) {
      pending = new ArrayList<>(written);
      throw e instanceof AuditException failed
          ? failed
          : new AuditException("the audit sink failed", e);
    }
  }

  /** Hands over what is pending, to be written together with other calls' records. */
  public List<AuditEntry> drain() {
    List<AuditEntry> entries = pending;
    pending = List.of();
    begun = true;
    return entries;
  }
}
