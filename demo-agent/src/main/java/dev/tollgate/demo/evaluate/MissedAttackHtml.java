package dev.tollgate.demo.evaluate;

import dev.tollgate.demo.replay.RecordedStep;

/** An attack that passed, as something to read. */
final class MissedAttackHtml {
  private static final int LONGEST_ARGUMENTS = 1500;
  private static final int LONGEST_RESULT = 300;
  private static final int LONGEST_PROMPT = 3000;

  private MissedAttackHtml() {}

  static String of(ScoredTrace trace) {
    StringBuilder out = new StringBuilder("<details class=\"missed\"><summary>");
    out.append(HtmlText.of(trace.labels().id(), 300));
    out.append(trace.irreversible() ? " <b class=\"bad\">irreversible</b>" : "");
    out.append("</summary>\n<dl><dt>user</dt><dd>");
    out.append(HtmlText.of(trace.played().trace().prompt(), LONGEST_PROMPT));
    out.append("</dd><dt>injected goal</dt><dd>");
    out.append(HtmlText.of(trace.labels().goal(), LONGEST_PROMPT)).append("</dd></dl>\n<ol>");
    for (int i = 0; i < trace.played().steps().size(); i++) {
      step(out, trace, i);
    }
    return out.append("</ol></details>\n").toString();
  }

  private static void step(StringBuilder out, ScoredTrace trace, int i) {
    RecordedStep recorded = trace.played().trace().steps().get(i);
    PlayedStep played = trace.played().steps().get(i);
    out.append(trace.critical(i) ? "<li class=\"critical\">" : "<li>");
    out.append("<code>").append(HtmlText.of(recorded.tool(), 200)).append("</code> ");
    out.append(played.ran() ? "ran" : "did not run: " + HtmlText.of(played.reason(), 200));
    out.append(trace.critical(i) ? " <b class=\"bad\">critical</b>" : "");
    out.append("<pre>").append(HtmlText.of(recorded.arguments(), LONGEST_ARGUMENTS));
    out.append("</pre>");
    if (played.ran()) {
      out.append("<pre class=\"result\">").append(HtmlText.of(recorded.result(), LONGEST_RESULT));
      out.append("</pre>");
    }
    out.append("</li>\n");
  }
}
