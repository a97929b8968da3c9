package dev.tollgate.audit;

import java.util.List;

/**
 * Other policies are in force.
 *
 * @param from the revision before
 * @param to the revision now
 * @param policies how many there are now
 * @param forbidsGone the ids of forbids that are no more, or say something else
 * @param permitsNew the ids of permits that are new, or say something else
 */
public record PolicyChanged(
    String from, String to, int policies, List<String> forbidsGone, List<String> permitsNew)
    implements AuditRecord.AboutPolicies {
  @Override
  public String kind() {
    return "policy_changed";
  }

  @Override
  public void write(RecordWriter out) {
    out.field("from", from)
        .field("to", to)
        .field("policies", policies)
        .field("forbidsGone", forbidsGone)
        .field("permitsNew", permitsNew);
  }
}
