package dev.tollgate.demo.control;

import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.demo.console.Table;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.Shown;
import dev.tollgate.reason.ReasonCode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Approvals on a terminal. */
final class ApprovalsPage {
  private ApprovalsPage() {}

  static String list(String tenant, List<ApprovalRequest> open) {
    if (open.isEmpty()) {
      return "Nothing waits in tenant " + Shown.text(tenant) + ".\n";
    }
    Table table = new Table();
    table.line("ID", "STATE", "TOOL", "FOR", "BY", "UNTIL", "ARGUMENTS (cut; see show)");
    for (ApprovalRequest one : open) {
      table.line(
          one.id(),
          state(one),
          Shown.text(one.call().tool()),
          Shown.text(one.call().subject()),
          Shown.text(one.call().agent()),
          one.expiresAt().truncatedTo(ChronoUnit.SECONDS),
          Shown.text(one.arguments()));
    }
    return table.render("");
  }

  /** All of it, uncut: nobody should approve what they have not seen. */
  static String show(ApprovalRequest one) {
    StringBuilder out = new StringBuilder();
    line(out, "id", one.id());
    line(out, "state", state(one));
    line(out, "tool", one.call().tool() + " (" + one.call().source() + ")");
    line(out, "at", one.call().destination());
    line(out, "for", one.call().subject());
    line(out, "by", String.join(" > ", one.origin().agents()));
    line(out, "task", one.call().taskId());
    line(out, "request", one.origin().intent().text());
    line(out, "demanded by", String.join(" ", one.basis().policies()));
    line(out, "answered by", one.byOther() ? "anybody but its subject" : "anybody");
    if (!one.byRoles().isEmpty()) {
      line(out, "in roles", String.join(" ", one.byRoles().stream().sorted().toList()));
    }
    line(out, "asked", one.askedAt().toString());
    line(out, "until", one.expiresAt().toString());
    if (!one.approver().isEmpty()) {
      line(out, "answer of", one.approver());
    }
    out.append("arguments\n");
    if (ApprovalJson.arguments(one) instanceof JsonValue.Members members) {
      members.forEach(
          (name, value) ->
              out.append("  ")
                  .append(Shown.text(CanonicalJson.text(new JsonValue.Text(name))))
                  .append(" = ")
                  .append(Shown.text(CanonicalJson.text(value)))
                  .append('\n'));
    }
    return out.toString();
  }

  static String answered(ApprovalAnswer answer) {
    if (answer instanceof ApprovalAnswer.Taken taken) {
      ApprovalRequest one = taken.request();
      return "%s by %s: %s%n".formatted(state(one), Shown.text(one.approver()), one.id());
    }
    return refused(((ApprovalAnswer.Refused) answer).reason());
  }

  static String refused(ReasonCode reason) {
    return "refused: " + reason.code() + ". " + reason.remedy() + "\n";
  }

  private static String state(ApprovalRequest one) {
    return one.state().name().toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append("%-12s ".formatted(name)).append(Shown.text(value)).append('\n');
  }
}
