package dev.tollgate.cedar;

import com.cedarpolicy.formatter.PolicyFormatter;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.formatter.Config;
import com.cedarpolicy.model.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays out a file of policies the way Cedar's own formatter does, 100 columns wide. The formatter
 * swallows blank lines between comments, and with them what a comment belongs to; so each policy is
 * formatted by itself and what stands between them is kept.
 */
public final class PolicyFormat {
  private static final Config LAYOUT = new Config(100, 2);
  private static final Pattern WORD = Pattern.compile("//[^\\n]*|\"(?:\\\\.|[^\"\\\\])*\"");

  private PolicyFormat() {}

  /**
   * The text, laid out. To format twice is to format once.
   *
   * @param name what messages call the text
   * @throws CedarPolicyException if it does not parse, or if its meaning or a comment would be lost
   */
  public static String format(String name, String text) {
    String unix = text.replace("\r\n", "\n");
    PolicySource source = new PolicySource(name, unix);
    List<LoadedPolicy> before = PolicyReader.read(List.of(source));
    StringBuilder out = new StringBuilder();
    int end = 0;
    for (PolicySplitter.Piece piece : PolicySplitter.split(unix)) {
      between(unix.substring(end, piece.offset()), out);
      out.append(one(source, piece));
      end = piece.offset() + piece.text().length();
    }
    between(unix.substring(end), out);
    String laidOut = out.toString().strip();
    laidOut = laidOut.isEmpty() ? "" : laidOut + "\n";
    check(source, before, laidOut);
    return laidOut;
  }

  private static String one(PolicySource source, PolicySplitter.Piece piece) {
    try {
      return PolicyFormatter.policiesStrToPrettyWithConfig(piece.text(), LAYOUT).strip();
    } catch (InternalException e) {
      throw new CedarPolicyException(
          LoadedPolicy.at(source, piece.offset())
              + ": Cedar cannot lay this policy out; it stays as it is",
          e);
    }
  }

  /** What stands between policies: comments, and at most one blank line at a time. */
  private static void between(String text, StringBuilder out) {
    String[] lines = text.split("\n", -1);
    boolean first = out.isEmpty();
    boolean blank = !first; // policies stand apart
    int from = 0;
    if (!first) { // the rest of the line that the policy before ends on
      out.append(lines[0].isBlank() ? "" : " ").append(lines[0].strip()).append('\n');
      from = 1;
    }
    for (int i = from; i < lines.length; i++) {
      String line = lines[i].strip();
      boolean ownLine = i < lines.length - 1; // the last is where the next policy begins
      if (!line.isEmpty()) {
        out.append(blank ? "\n" : "").append(line).append('\n');
        blank = false;
      } else if (ownLine) {
        blank = !out.isEmpty();
      }
    }
    out.append(blank ? "\n" : "");
  }

  private static void check(PolicySource source, List<LoadedPolicy> before, String laidOut) {
    List<LoadedPolicy> after = PolicyReader.read(List.of(new PolicySource(source.name(), laidOut)));
    if (!meanings(before).equals(meanings(after)) || !words(source.text()).equals(words(laidOut))) {
      throw new CedarPolicyException(
          source.name() + ":1: laying it out would change it; it stays as it is");
    }
  }

  private static List<String> meanings(List<LoadedPolicy> policies) {
    List<String> all = new ArrayList<>();
    for (LoadedPolicy one : policies) {
      try {
        // Without its own id: that of a nameless policy is its place.
        all.add(new Policy(one.policy().policySrc, "").toJson());
      } catch (InternalException e) {
        throw new CedarPolicyException(one.place() + ": does not parse", e);
      }
    }
    return all;
  }

  /** Comments and texts, in their order. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(text);
    while (found.find()) {
      words.add(found.group().stripTrailing());
    }
    return words;
  }
}
