package dev.tollgate.demo.evaluate;

import dev.tollgate.demo.console.Table;
import java.util.List;
import java.util.Locale;

/** What the terminal shows of a run. */
final class ScoreTable {
  private ScoreTable() {}

  static String of(RunScore run) {
    return "━━ "
        + run.framework()
        + ", approver "
        + run.approver().text()
        + "\n"
        + table(ScoreRows.HEAD, ScoreRows.of(run))
        + table(ScoreRows.MEANS_HEAD, ScoreRows.means(run.macro()))
        + table(ScoreRows.ATTACK_MEANS_HEAD, ScoreRows.attackMeans(run.macro()))
        + figures(run)
        + check(run);
  }

  private static String table(List<String> head, List<List<String>> rows) {
    Table table = new Table().line(head.toArray());
    rows.forEach(row -> table.line(row.toArray()));
    return table.render("  ") + "\n";
  }

  private static String figures(RunScore run) {
    return String.format(
        Locale.ROOT,
        "  calls %d  bodies run %d  without a decision %d  after a denial %d  (%.0f calls/s)%n"
            + "  %d legitimate traces have no call at all and count as kept%n",
        run.calls(),
        run.bodies(),
        run.bodiesWithoutDecision(),
        run.callsAfterDenial(),
        run.callsPerSecond(),
        run.total().benign().withoutCalls() + run.total().resisted().withoutCalls());
  }

  private static String check(RunScore run) {
    if (run.sound()) {
      return "  ✔ every call decided and on record, the audit verifies\n";
    }
    StringBuilder out = new StringBuilder("  ✘ these figures do not hold:");
    out.append(run.auditVerified() ? "" : " the audit does not verify;");
    out.append(run.bodiesWithoutDecision() == 0 ? "" : " bodies ran without a decision;");
    out.append(
        run.broken().isEmpty()
            ? ""
            : " " + run.broken().size() + " traces could not be played to their end");
    return out.append('\n').toString();
  }
}
