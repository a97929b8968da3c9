package dev.tollgate.audit;

/** Policies did not load; those before stay in force. */
public record PolicyReloadFailed(String problem) implements AuditRecord.AboutPolicies {
  @Override
  public String kind() {
    return "policy_reload_failed";
  }

  @Override
  public void write(RecordWriter out) {
    out.field("problem", problem);
  }
}
