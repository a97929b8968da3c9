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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the policy decision point about all calls at once, and distrusts its answers. */
public final class PolicyStage implements AdmissionStage {
  private static final Logger log = LoggerFactory.getLogger(PolicyStage.class);
  private final PolicyDecisionPoint policy;
  private final GateClock clock;

  public PolicyStage(PolicyDecisionPoint policy, GateClock clock) {
    this.policy = policy;
    this.clock = clock;
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
      requests.add(new PolicyRequest(call.id(), task, call.tool(), parsed.tree(), now));
    }
    List<Decision> answers;
    try {
      answers = policy.decide(requests);
    } catch (RuntimeException e) {
      log.error("policy {} failed; {} call(s) denied", policy.name(), calls.size(), e);
      return denyAll(calls.size(), ReasonCode.POLICY_ERROR);
    }
    if (answers == null || answers.size() != calls.size()) {
      return denyAll(calls.size(), ReasonCode.POLICY_NO_ANSWER);
    }
    return answers.stream().map(this::distrusted).toList();
  }

  private Decision distrusted(Decision answer) {
    if (answer == null) {
      return Decision.deny(policy.name(), ReasonCode.POLICY_NO_ANSWER);
    }
    List<Obligation> obligations =
        answer instanceof Decision.Permit permit ? permit.obligations() : List.of();
    for (Obligation obligation : obligations) {
      if (obligation instanceof Obligation.Unknown) {
        return new Decision.Deny(answer.basis(), ReasonCode.OBLIGATION_UNKNOWN);
      }
    }
    return answer;
  }

  private List<Decision> denyAll(int count, ReasonCode reason) {
    List<Decision> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Decision.deny(policy.name(), reason));
    }
    return all;
  }
}
