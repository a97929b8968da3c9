package dev.tollgate.policy;

import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks twice about a tool whose effect its server's annotations raised: as what it was raised to,
 * and as what people listed it as; both must permit. Else a server could slip away from the
 * policies that forbid by the listed effect. Thread-safe if the decision point is.
 */
public final class RaisedEffects implements PolicyDecisionPoint {
  private final PolicyDecisionPoint policy;

  public RaisedEffects(PolicyDecisionPoint policy) {
    this.policy = policy;
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    List<PolicyRequest> listed = List.of();
    for (PolicyRequest request : requests) {
      if (request.tool().listedEffect() != null) {
        listed = listed.isEmpty() ? new ArrayList<>() : listed;
        listed.add(listed(request));
      }
    }
    if (listed.isEmpty()) {
      return policy.decide(requests);
    }
    List<PolicyRequest> asked = new ArrayList<>(requests);
    asked.addAll(listed);
    List<Decision> answers = policy.decide(asked);
    if (answers == null || answers.size() != asked.size()) {
      return List.of(); // too few: the stage denies them all
    }
    List<Decision> both = new ArrayList<>(answers.subList(0, requests.size()));
    int next = requests.size();
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).tool().listedEffect() != null) {
        both.set(i, and(both.get(i), answers.get(next++)));
      }
    }
    return both;
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    return policy.couldPermit(task, tool)
        && (tool.listedEffect() == null || policy.couldPermit(task, tool.asListed()));
  }

  private Decision and(Decision raised, Decision listed) {
    return raised == null || listed == null
        ? Decision.deny(name(), ReasonCode.POLICY_NO_ANSWER)
        : raised.and(listed);
  }

  private static PolicyRequest listed(PolicyRequest request) {
    Tool tool = request.tool().asListed();
    return new PolicyRequest(
        request.callId(), request.task(), tool, request.arguments(), request.at(), request.facts());
  }

  @Override
  public String revision() {
    return policy.revision();
  }

  @Override
  public void listen(PolicyListener listener) {
    policy.listen(listener);
  }

  @Override
  public PolicyReload reload() {
    return policy.reload();
  }

  @Override
  public String name() {
    return policy.name();
  }

  @Override
  public void close() {
    policy.close();
  }
}
