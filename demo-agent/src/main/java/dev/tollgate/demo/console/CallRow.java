package dev.tollgate.demo.console;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.ShadowDecided;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the audit says of one call, for one line on the screen.
 *
 * @param source where the tool comes from: the framework that asked for it
 * @param reason why it was denied, empty if it ran
 * @param credential audience, scopes and lifetime, or a dash
 * @param end how the call and its credential ended
 * @param shadow what a shadow set would have decided, empty if none dissents
 */
public record CallRow(
    String source,
    String agent,
    String tool,
    String outcome,
    String reason,
    String policies,
    String credential,
    String end,
    String shadow,
    String trace) {

  static CallRow of(List<AuditEntry> entries) {
    AuditRecord.Proposed proposed = find(entries, AuditRecord.Proposed.class);
    AuditRecord.Decided decided = find(entries, AuditRecord.Decided.class);
    AuditRecord.Refused refused = find(entries, AuditRecord.Refused.class);
    return new CallRow(
        proposed == null ? "-" : proposed.source(),
        proposed == null ? "-" : proposed.agent(),
        proposed == null ? "-" : proposed.tool(),
        refused != null ? "deny" : decided == null ? "-" : outcome(decided, entries),
        refused != null ? refused.reason().code() : decided == null ? "" : reason(decided, entries),
        decided == null ? "-" : policies(decided),
        credential(entries),
        end(entries),
        shadow(find(entries, ShadowDecided.class)),
        entries.stream()
            .map(AuditEntry::traceId)
            .filter(id -> !id.isEmpty())
            .findFirst()
            .orElse("-"));
  }

  private static String outcome(AuditRecord.Decided decided, List<AuditEntry> entries) {
    AuditRecord.ApprovalUsed used = find(entries, AuditRecord.ApprovalUsed.class);
    return used == null
        ? decided.outcome()
        : decided.outcome() + ", approved by " + used.approver();
  }

  /** A call that was revoked while it ran was permitted, and its result withheld. */
  private static String reason(AuditRecord.Decided decided, List<AuditEntry> entries) {
    AuditRecord.Outcome outcome = find(entries, AuditRecord.Outcome.class);
    return outcome != null && outcome.state().equals("revoked_in_flight")
        ? outcome.state()
        : decided.reason();
  }

  private static String policies(AuditRecord.Decided decided) {
    return decided.policies().isEmpty()
        ? decided.decider()
        : decided.decider() + ":" + String.join("+", decided.policies());
  }

  private static String credential(List<AuditEntry> entries) {
    for (AuditEntry entry : entries) {
      if (entry.record() instanceof AuditRecord.CredentialIssued issued) {
        long seconds = Duration.between(entry.at(), issued.expiresAt()).toSeconds() + 1;
        return issued.audience() + "/" + String.join(" ", issued.scopes()) + "/≤" + seconds + "s";
      }
    }
    return "-";
  }

  private static String end(List<AuditEntry> entries) {
    String tool =
        Optional.ofNullable(find(entries, AuditRecord.Outcome.class))
            .map(AuditRecord.Outcome::state)
            .orElse("not run");
    if (find(entries, AuditRecord.ResultMasked.class) != null) {
      tool += ", masked";
    }
    AuditRecord.CredentialEnded ended = find(entries, AuditRecord.CredentialEnded.class);
    return ended == null ? tool : tool + ", " + ended.end();
  }

  private static String shadow(@Nullable ShadowDecided other) {
    if (other == null) {
      return "";
    }
    String why = other.reason().isEmpty() ? "" : " " + other.reason();
    return other.outcome() + why + " " + String.join("+", other.policies());
  }

  private static <R extends AuditRecord> @Nullable R find(List<AuditEntry> entries, Class<R> type) {
    return entries.stream()
        .map(AuditEntry::record)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }
}
