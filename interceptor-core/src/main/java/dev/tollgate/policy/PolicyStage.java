package dev.tollgate.policy;

import dev.tollgate.AdmissionStage;
import dev.tollgate.Arguments;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the policy decision point about all calls at once, and distrusts its answers. */
public final class PolicyStage implements AdmissionStage {
  private static final Logger log = LoggerFactory.getLogger(PolicyStage.class);
  private final PolicyDecisionPoint policy;
  private final GateClock clock;
  private final Function<ToolCall, CallFacts> facts;

  /**
   * @param facts what the gate knows about a call
   */
  public PolicyStage(
      PolicyDecisionPoint policy, GateClock clock, Function<ToolCall, CallFacts> facts) {
    this.policy = policy;
    this.clock = clock;
    this.facts = facts;
  }

  @Override
  public List<Decision> decide(List<ToolCall> calls) {
    Instant now = clock.now();
    List<PolicyRequest> requests = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      // Earlier stages let nothing through without a task, nor without arguments.
      Task task = call.task();
      if (task == null || !(call.arguments() instanceof Arguments.Parsed parsed)) {
        return denyAll(calls.size(), ReasonCode.STAGE_FAILED);
      }
      requests.add(
          new PolicyRequest(call.id(), task, call.tool(), parsed.tree(), now, facts.apply(call)));
    }
    String revision;
    List<Decision> answers;
    try {
      // Before the question: what is loaded in between must not pass for what was asked.
      revision = Objects.requireNonNull(policy.revision());
      answers = policy.decide(requests);
    } catch (RuntimeException | Error e) { // an engine that does not link throws an Error
      // Not the message: an engine may quote the arguments in it, which a model wrote.
      log.error(
          "policy {} failed with {} at {}; {} call(s) denied",
          policy.name(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0],
          calls.size());
      return denyAll(calls.size(), ReasonCode.POLICY_ERROR);
    }
    if (answers == null || answers.size() != calls.size()) {
      return denyAll(calls.size(), ReasonCode.POLICY_NO_ANSWER);
    }
    List<Decision> decisions = new ArrayList<>(calls.size());
    for (Decision answer : answers) {
      decisions.add(distrusted(answer, revision));
    }
    return decisions;
  }

  private Decision distrusted(@Nullable Decision answer, String revision) {
    if (answer == null) {
      return Decision.deny(policy.name(), ReasonCode.POLICY_NO_ANSWER);
    }
    // Also of what needs approval: observe mode could let it run.
    for (Obligation obligation : Decision.obligations(answer)) {
      if (obligation instanceof Obligation.Unknown) {
        return new Decision.Deny(answer.basis(), ReasonCode.OBLIGATION_UNKNOWN);
      }
    }
    if (answer instanceof Decision.Deny) {
      return answer;
    }
    Basis basis = answer.basis().under(revision);
    return answer instanceof Decision.NeedsApproval
        ? new Decision.NeedsApproval(basis, Decision.obligations(answer))
        : basis.equals(answer.basis())
            ? answer
            : new Decision.Permit(basis, Decision.obligations(answer));
  }

  private List<Decision> denyAll(int count, ReasonCode reason) {
    List<Decision> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Decision.deny(policy.name(), reason));
    }
    return all;
  }
}
