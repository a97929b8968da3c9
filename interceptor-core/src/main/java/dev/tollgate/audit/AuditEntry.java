package dev.tollgate.audit;

import java.time.Instant;

/**
 * A record and what it belongs to.
 *
 * @param at wall time
 * @param tenant the tenant whose stream it goes to
 * @param taskId the task, empty if there is none
 * @param callId the call
 * @param traceId the trace, empty if there is none
 * @param record what happened
 */
public record AuditEntry(
    Instant at, String tenant, String taskId, String callId, String traceId, AuditRecord record) {
  /** The stream of what belongs to no tenant. */
  public static final String UNASSIGNED = "_unassigned";
}
