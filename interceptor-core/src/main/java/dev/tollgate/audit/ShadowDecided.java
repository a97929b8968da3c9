package dev.tollgate.audit;

import java.util.List;

/** A shadow set would have decided otherwise. */
public record ShadowDecided(String outcome, String reason, String revision, List<String> policies)
    implements AuditRecord.AboutPolicies {
  @Override
  public String kind() {
    return "shadow_decided";
  }

  @Override
  public void write(RecordWriter out) {
    out.field("outcome", outcome)
        .field("reason", reason)
        .field("revision", revision)
        .field("policies", policies);
  }
}
