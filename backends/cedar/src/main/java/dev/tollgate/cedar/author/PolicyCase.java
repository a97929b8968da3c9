package dev.tollgate.cedar.author;

import dev.tollgate.cedar.LoadedPolicies;
import dev.tollgate.cedar.Question;
import dev.tollgate.policy.Decision;
import dev.tollgate.tool.Tool;

/**
 * One test case: a question and the answer that is expected.
 *
 * @param name what its author calls it
 * @param place {@code file:line}
 * @param tool the tool that is called
 * @param question what the policies are asked
 * @param expected what they should answer
 */
public record PolicyCase(
    String name, String place, Tool tool, Question question, Expected expected) {

  /** Asks the policies. */
  public CaseResult run(LoadedPolicies policies) {
    Decision decision = policies.decide(tool, question);
    return new CaseResult(
        this, decision, expected.differences(decision), policies.conditions(tool, question));
  }
}
