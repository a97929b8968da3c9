package dev.tollgate.spring.test;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.json.Shown;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tool call, and what became of it.
 *
 * @param tool the name that the model asked for
 * @param decision {@code permit}, {@code deny} or {@code needs_approval}
 * @param reason the code of why it was denied, also after it was permitted; empty if it was not
 * @param ran whether the tool's body was entered
 * @param decisionId the id in the denial and in the audit
 */
public record RecordedCall(
    String tool, String decision, String reason, boolean ran, String decisionId) {

  static List<RecordedCall> in(List<AuditEntry> entries) {
    Map<String, RecordedCall> calls = new LinkedHashMap<>();
    for (AuditEntry entry : entries) {
      String id = entry.callId();
      AuditRecord record = entry.record();
      if (record instanceof AuditRecord.Proposed proposed) {
        calls.put(id, new RecordedCall(proposed.tool(), "", "", false, id));
      } else {
        calls.computeIfPresent(id, (same, call) -> call.after(record));
      }
    }
    return new ArrayList<>(calls.values());
  }

  private RecordedCall after(AuditRecord record) {
    if (record instanceof AuditRecord.Decided decided) {
      return new RecordedCall(tool, decided.outcome(), decided.reason(), ran, decisionId);
    }
    if (record instanceof AuditRecord.Refused refused) {
      return new RecordedCall(tool, decision, refused.reason().code(), ran, decisionId);
    }
    if (record instanceof AuditRecord.Dispatched) {
      return new RecordedCall(tool, decision, reason, true, decisionId);
    }
    return this;
  }

  boolean permitted() {
    return decision.equals("permit") && reason.isEmpty();
  }

  boolean neededApproval() {
    return decision.equals("needs_approval") || reason.equals(ReasonCode.APPROVAL_REQUIRED.code());
  }

  boolean denied() {
    return !permitted() && !neededApproval();
  }

  /** For people: what a model wrote cannot garble it. */
  @Override
  public String toString() {
    String became =
        permitted() ? "permitted" : neededApproval() ? "needs approval" : "denied: " + reason;
    return Shown.text(tool) + ": " + became + (ran ? ", ran" : ", did not run");
  }
}
