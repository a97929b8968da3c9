package dev.tollgate.policy;

import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a decision point and distrusts it: whatever is wrong with an answer makes it a deny. */
final class DistrustedAnswers {
  private static final Logger log = LoggerFactory.getLogger(DistrustedAnswers.class);

  private DistrustedAnswers() {}

  /**
   * One decision for each request, in order; never throws.
   *
   * @param name what denies if the decision point gives no answer
   */
  static List<Decision> ask(String name, PolicyDecisionPoint policy, List<PolicyRequest> requests) {
    String revision;
    List<Decision> answers;
    try {
      // Before the question: what is loaded in between must not pass for what was asked.
      revision = Objects.requireNonNull(policy.revision());
      answers = policy.decide(requests);
    } catch (RuntimeException | Error e) { // an engine that does not link throws an Error
      // Not the message: an engine may quote the arguments in it, which a model wrote.
      log.error(
          "policy {} failed with {} at {}; {} question(s) denied",
          name,
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0],
          requests.size());
      return denyAll(name, requests.size(), ReasonCode.POLICY_ERROR);
    }
    if (answers == null || answers.size() != requests.size()) {
      return denyAll(name, requests.size(), ReasonCode.POLICY_NO_ANSWER);
    }
    if (answers.size() == 1) {
      return List.of(distrusted(name, answers.get(0), revision)); // as nearly always
    }
    List<Decision> decisions = new ArrayList<>(requests.size());
    for (Decision answer : answers) {
      decisions.add(distrusted(name, answer, revision));
    }
    return decisions;
  }

  private static Decision distrusted(String name, @Nullable Decision answer, String revision) {
    if (answer == null) {
      return Decision.deny(name, ReasonCode.POLICY_NO_ANSWER);
    }
    // Also of what needs approval: observe mode could let it run.
    for (Obligation obligation : Decision.obligations(answer)) {
      if (obligation instanceof Obligation.Unknown
          || obligation instanceof Obligation.ApprovedUntil // only the gate says so
          || obligation instanceof Obligation.UseApproval) {
        return new Decision.Deny(answer.basis(), ReasonCode.OBLIGATION_UNKNOWN);
      }
    }
    if (answer instanceof Decision.Deny) {
      return answer;
    }
    Basis basis = answer.basis().under(revision);
    List<Obligation> obligations = Decision.obligations(answer);
    // Who must approve is said for nothing unless somebody must.
    return answer instanceof Decision.Permit && demandApprover(obligations)
        ? new Decision.NeedsApproval(basis, obligations)
        : answer.on(basis);
  }

  private static boolean demandApprover(List<Obligation> obligations) {
    for (Obligation obligation : obligations) {
      if (obligation instanceof Obligation.ApprovedByRole
          || obligation instanceof Obligation.ApprovedByOther) {
        return true;
      }
    }
    return false;
  }

  private static List<Decision> denyAll(String name, int count, ReasonCode reason) {
    List<Decision> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Decision.deny(name, reason));
    }
    return all;
  }
}
