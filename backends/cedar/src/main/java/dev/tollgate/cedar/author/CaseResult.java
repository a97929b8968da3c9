package dev.tollgate.cedar.author;

import dev.tollgate.cedar.ConditionTruth;
import dev.tollgate.policy.Decision;
import java.util.List;

/**
 * How a case went.
 *
 * @param of the case
 * @param decision what the policies answered
 * @param differences in what the answer is not as expected, a line each; empty if the case passed
 * @param conditions which conditions held, for coverage
 */
public record CaseResult(
    PolicyCase of, Decision decision, List<String> differences, List<ConditionTruth> conditions) {
  public CaseResult {
    differences = List.copyOf(differences);
    conditions = List.copyOf(conditions);
  }

  public boolean passed() {
    return differences.isEmpty();
  }

  /** The case, its place and what is different, as lines for people. */
  public String told() {
    StringBuilder out = new StringBuilder(of.name()).append(" (").append(of.place()).append(')');
    differences.forEach(line -> out.append("\n  ").append(line));
    if (!passed()) {
      out.append("\n  decided: ")
          .append(decision.outcome())
          .append(", reason ")
          .append(Expected.reason(decision))
          .append(", policies ")
          .append(decision.basis().policies());
    }
    return out.toString();
  }
}
