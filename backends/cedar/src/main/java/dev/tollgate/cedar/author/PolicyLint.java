package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with a policy set before it is in force. That a policy never applies or
 * changes nothing is only said where it is proven from the texts; where it is not, nothing is said.
 *
 * <p>A file may accept a sort of warning for its whole set, with the reason: {@code // check:
 * accept tool-unspoken: what only reads is all it permits}. Errors cannot be accepted.
 */
public final class PolicyLint {
  private static final Pattern PROBLEM =
      Pattern.compile(
          "(?<place>.+?:\\d+): (policy \"(?<policy>[^\"]*)\": )?(?<what>.*)", Pattern.DOTALL);
  private static final List<Rule> RULES =
      List.of(
          new Shape(), new Matching(), new Shadows(), new Silence(), new Supply(), new Absence());

  private PolicyLint() {}

  /** What there is to say of a set in front of these tools; nothing if it is good. */
  public static List<Finding> check(CedarPolicySet set, ToolManifest manifest) {
    LoadedPolicies loaded;
    try {
      loaded = LoadedPolicies.load(set, manifest);
    } catch (CedarPolicyException e) {
      return ordered(
          e.problems().stream().map(problem -> unloadable(set.name(), problem)).toList());
    }
    Review review = Review.of(loaded, manifest);
    List<Finding> findings = new ArrayList<>();
    RULES.forEach(rule -> rule.look(review, findings::add));
    Accepted accepted = Accepted.in(set);
    findings.removeIf(finding -> accepted.kinds().contains(finding.kind()));
    findings.addAll(accepted.wrong());
    return ordered(findings);
  }

  /** By file and line; what is about the whole set comes last. */
  private static List<Finding> ordered(List<Finding> findings) {
    List<Finding> ordered = new ArrayList<>(findings);
    ordered.sort(
        Comparator.comparing((Finding finding) -> line(finding) == Long.MAX_VALUE)
            .thenComparing(finding -> finding.place().replaceFirst(":[0-9]+$", ""))
            .thenComparing(PolicyLint::line));
    return List.copyOf(ordered);
  }

  private static long line(Finding finding) {
    String digits = finding.place().substring(finding.place().lastIndexOf(':') + 1);
    return finding.place().matches("(?s).*:[0-9]{1,9}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  }

  private static Finding unloadable(String set, String problem) {
    Matcher parts = PROBLEM.matcher(problem);
    boolean placed = parts.matches();
    return new Finding(
        Finding.Kind.DOES_NOT_LOAD,
        placed ? parts.group("place") : set,
        placed ? parts.group("policy") : null,
        placed ? parts.group("what") : problem,
        "correct it: the gate does not start with it");
  }
}
