package dev.tollgate.audit;

/** Somebody asked for the policies to be looked at again; what came of it follows. */
public record PolicyReloadAsked(String by) implements AuditRecord.AboutPolicies {
  @Override
  public String kind() {
    return "policy_reload_asked";
  }

  @Override
  public void write(RecordWriter out) {
    out.field("by", by);
  }
}
