package dev.tollgate.demo.evaluate;

import java.util.ArrayList;
import java.util.List;

/** The report for people: one page that needs nothing else, and no scripts. */
final class ReportPage {
  private static final List<String> TOOLS_HEAD =
      List.of(
          "tool",
          "permitted",
          "approval",
          "denied",
          "critical, ran",
          "critical, stopped",
          "other, ran",
          "other, stopped");
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:88rem;padding:0 1rem}
      .wide{overflow-x:auto} table{border-collapse:collapse;margin:.5rem 0 1rem}
      th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #8886;white-space:nowrap}
      th:first-child,td:first-child{text-align:left}
      tr.sum td{font-weight:600} tr.sum{border-top:2px solid #888}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0;padding:.3rem .5rem;background:#8882}
      pre.result{opacity:.75} dd{white-space:pre-wrap;overflow-wrap:anywhere}
      summary{cursor:pointer;overflow-wrap:anywhere} .missed{border-bottom:1px solid #8886;padding:.3rem 0}
      li.critical>pre{border-left:4px solid #c33} .bad{color:#c33} .good{color:#283}
      """;

  private static final String CLOSED = "</tbody></table></div>\n";

  private ReportPage() {}

  static String of(Evaluation evaluation) {
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    out.append("<meta charset=\"utf-8\">");
    out.append("<meta http-equiv=\"Content-Security-Policy\" ");
    out.append("content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    out.append("<meta name=\"viewport\" content=\"width=device-width\">");
    out.append("<title>Tollgate: evaluation</title><style>").append(STYLE);
    out.append("</style></head><body>\n<h1>Evaluation on recorded traces</h1>\n<p>Policies <b>");
    out.append(HtmlText.of(evaluation.policies())).append("</b>, manifest <b>");
    out.append(HtmlText.of(evaluation.manifest())).append("</b>, guard ");
    out.append(evaluation.guard() ? "on" : "off").append(", agent in ");
    out.append(HtmlText.of(String.join(", ", evaluation.agent().groupNames())));
    List<String> asked = evaluation.agent().askedNames();
    if (asked != null) {
      out.append(", each task started for ").append(HtmlText.of(String.join(", ", asked)));
    }
    out.append(". Traces: ");
    out.append(HtmlText.of(String.join(", ", evaluation.corpus().names())));
    out.append(". Not scored: ").append(evaluation.corpus().skipped());
    out.append(" of other roles, ").append(evaluation.corpus().unlabelled().size());
    out.append(" attacks without a label.</p>\n<p>").append(HtmlText.of(Evaluation.LIMITS));
    out.append("</p>\n");
    evaluation.runs().forEach(run -> run(out, run));
    return out.append("</body></html>\n").toString();
  }

  private static void run(StringBuilder out, RunScore run) {
    out.append("<h2>").append(HtmlText.of(run.framework())).append(", approver ");
    out.append(run.approver().text()).append("</h2>\n");
    List<List<String>> rows = ScoreRows.of(run);
    open(out, ScoreRows.HEAD);
    for (int i = 0; i < rows.size(); i++) {
      row(out, rows.get(i), i == rows.size() - 1);
    }
    out.append(CLOSED);
    table(out, ScoreRows.MEANS_HEAD, ScoreRows.means(run.macro()));
    table(out, ScoreRows.ATTACK_MEANS_HEAD, ScoreRows.attackMeans(run.macro()));
    out.append("<p>Calls ").append(run.calls());
    out.append(", of which after a denial ").append(run.callsAfterDenial());
    out.append("; bodies run ").append(run.bodies()).append(", without a decision ");
    out.append(run.bodiesWithoutDecision()).append("; ");
    out.append(run.auditVerified() ? "the audit verifies" : "the audit does not verify");
    out.append("; legitimate traces without any call, which count as kept: ");
    out.append(run.total().benign().withoutCalls() + run.total().resisted().withoutCalls());
    out.append("; traces that could not be played to their end: ").append(run.broken().size());
    out.append(". <b class=\"").append(run.sound() ? "good\">sound" : "bad\">not sound");
    out.append("</b></p>\n<details><summary>Per tool: in legitimate traces permitted, approval,");
    out.append(" denied; in attacks critical and other steps</summary>\n");
    table(out, TOOLS_HEAD, tools(run));
    out.append("</details>\n<h3>Missed attacks: ");
    out.append(run.missed().size()).append("</h3>\n");
    run.missed().forEach(trace -> out.append(MissedAttackHtml.of(trace)));
  }

  private static List<List<String>> tools(RunScore run) {
    List<List<String>> rows = new ArrayList<>();
    run.tools().forEach((tool, counts) -> rows.add(cells(tool, counts)));
    return rows;
  }

  private static List<String> cells(String tool, ToolCounts counts) {
    return List.of(
        tool,
        String.valueOf(counts.permitted()),
        String.valueOf(counts.approval()),
        String.valueOf(counts.denied()),
        String.valueOf(counts.criticalRan()),
        String.valueOf(counts.criticalStopped()),
        String.valueOf(counts.otherRan()),
        String.valueOf(counts.otherStopped()));
  }

  private static void table(StringBuilder out, List<String> head, List<List<String>> rows) {
    open(out, head);
    rows.forEach(row -> row(out, row, false));
    out.append(CLOSED);
  }

  private static void open(StringBuilder out, List<String> head) {
    out.append("<div class=\"wide\"><table><thead><tr>");
    head.forEach(cell -> out.append("<th>").append(HtmlText.of(cell)).append("</th>"));
    out.append("</tr></thead><tbody>\n");
  }

  private static void row(StringBuilder out, List<String> cells, boolean sum) {
    out.append(sum ? "<tr class=\"sum\">" : "<tr>");
    cells.forEach(cell -> out.append("<td>").append(HtmlText.of(cell, 200)).append("</td>"));
    out.append("</tr>\n");
  }
}
