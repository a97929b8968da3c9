package dev.tollgate.audit;

/** The gate started although this process can write what decides on what is permitted. */
public record PolicyUnprotected(String place) implements AuditRecord.AboutPolicies {
  @Override
  public String kind() {
    return "policy_unprotected";
  }

  @Override
  public void write(RecordWriter out) {
    out.field("place", place);
  }
}
