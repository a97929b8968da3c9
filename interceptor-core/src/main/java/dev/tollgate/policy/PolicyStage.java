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
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks the policy decision point about all calls at once, and distrusts its answers. */
public final class PolicyStage implements AdmissionStage {
  private final PolicyDecisionPoint policy;
  private final GateClock clock;
  private final Function<ToolCall, CallFacts> facts;
  private final Consumer<PolicyRequest> record;

  /** A stage that leaves no record of its questions. */
  public PolicyStage(
      PolicyDecisionPoint policy, GateClock clock, Function<ToolCall, CallFacts> facts) {
    this(policy, clock, facts, request -> {});
  }

  /**
   * @param facts what the gate knows about a call
   * @param record sees each question before it is asked
   */
  public PolicyStage(
      PolicyDecisionPoint policy,
      GateClock clock,
      Function<ToolCall, CallFacts> facts,
      Consumer<PolicyRequest> record) {
    this.record = record;
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
      PolicyRequest request =
          new PolicyRequest(call.id(), task, call.tool(), parsed.tree(), now, facts.apply(call));
      record.accept(request);
      requests.add(request);
    }
    List<Decision> decisions = DistrustedAnswers.ask(policy.name(), policy, requests);
    if (decisions.size() == 1) {
      Decision used = using(requests.get(0).facts(), decisions.get(0)); // as nearly always
      return used == decisions.get(0) ? decisions : List.of(used);
    }
    List<Decision> used = new ArrayList<>(decisions.size());
    for (int i = 0; i < decisions.size(); i++) {
      used.add(using(requests.get(i).facts(), decisions.get(i)));
    }
    return used;
  }

  /** A yes that let the policy permit must not let it permit the next call too. */
  private static Decision using(CallFacts facts, Decision decision) {
    String approval = facts.approvalRead();
    if (approval == null || !(decision instanceof Decision.Permit permit)) {
      return decision;
    }
    List<Obligation> obligations = new ArrayList<>(permit.obligations());
    obligations.add(new Obligation.UseApproval(approval));
    return new Decision.Permit(permit.basis(), obligations);
  }

  private List<Decision> denyAll(int count, ReasonCode reason) {
    List<Decision> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Decision.deny(policy.name(), reason));
    }
    return all;
  }
}
