package dev.tollgate.cli.policy;

import dev.tollgate.cedar.author.Finding;
import dev.tollgate.cedar.author.Finding.Severity;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Findings as people and as machines read them. */
final class FindingsText {
  private FindingsText() {}

  static String plain(Map<String, List<Finding>> bySet) {
    List<String> lines = new ArrayList<>();
    int errors = 0;
    int warnings = 0;
    for (Map.Entry<String, List<Finding>> set : bySet.entrySet()) {
      for (Finding finding : set.getValue()) {
        boolean error = finding.kind().severity() == Severity.ERROR;
        errors += error ? 1 : 0;
        warnings += error ? 0 : 1;
        String policy = finding.policy();
        lines.add(
            Shown.text(finding.place())
                + ": "
                + severity(finding)
                + " "
                + finding.kind().text()
                + ": "
                + (policy == null ? "" : "policy \"" + Shown.text(policy) + "\": ")
                + Shown.text(finding.what()));
        lines.add("    " + Shown.text(finding.todo()));
      }
    }
    lines.add(
        bySet.size()
            + (bySet.size() == 1 ? " set: " : " sets: ")
            + errors
            + (errors == 1 ? " error, " : " errors, ")
            + warnings
            + (warnings == 1 ? " warning" : " warnings"));
    return String.join("\n", lines);
  }

  static String json(Map<String, List<Finding>> bySet) {
    StringJoiner all = new StringJoiner(",\n", "[", "]");
    bySet.forEach((set, findings) -> findings.forEach(finding -> all.add(json(set, finding))));
    return all.toString();
  }

  private static String json(String set, Finding finding) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    members.add(member("set", set));
    members.add(member("severity", severity(finding)));
    members.add(member("kind", finding.kind().text()));
    members.add(member("place", finding.place()));
    String policy = finding.policy();
    if (policy != null) {
      members.add(member("policy", policy));
    }
    members.add(member("what", finding.what()));
    members.add(member("todo", finding.todo()));
    return members.toString();
  }

  private static String member(String name, String text) {
    return '"' + name + "\":" + ascii(CanonicalJson.text(new JsonValue.Text(text)));
  }

  private static String severity(Finding finding) {
    return finding.kind().severity().name().toLowerCase(Locale.ROOT);
  }

  /**
   * JSON may end on a terminal too. Beyond ASCII there are only texts, where an escape is the same.
   */
  private static String ascii(String json) {
    StringBuilder out = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      out.append(c < 0x20 || c > 0x7e ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return out.toString();
  }
}
