package dev.tollgate.policy;

import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a shadow set beside the policies in force, after them and in the same thread. It never
 * changes a decision, whatever it says and however it fails; where it would have decided otherwise,
 * the decision's basis says so. Its demands are ignored, and its revision is no part of this one.
 * Thread-safe.
 */
public final class ShadowedDecisionPoint implements PolicyDecisionPoint {
  private final PolicyDecisionPoint inForce;
  private final PolicyDecisionPoint shadow;
  private final PolicyListeners listeners = new PolicyListeners();

  public ShadowedDecisionPoint(PolicyDecisionPoint inForce, PolicyDecisionPoint shadow) {
    this.inForce = inForce;
    this.shadow = shadow;
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    List<Decision> decisions = DistrustedAnswers.ask(name(), inForce, requests);
    List<Decision> others =
        DistrustedAnswers.ask("shadow", shadow, requests.stream().map(OverheardFacts::of).toList());
    List<Decision> compared = new ArrayList<>(decisions.size());
    for (int i = 0; i < decisions.size(); i++) {
      compared.add(compared(decisions.get(i), others.get(i)));
    }
    return compared;
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    return inForce.couldPermit(task, tool);
  }

  private Decision compared(Decision decision, Decision other) {
    boolean agrees =
        decision.outcome().equals(other.outcome())
            && decision.reasonCode().equals(other.reasonCode());
    listeners.shadowed(agrees, decision.outcome(), other.outcome());
    Basis said = other.basis();
    return agrees
        ? decision
        : decision.on(
            decision
                .basis()
                .but(
                    new Dissent(
                        said.revision(), other.outcome(), other.reasonCode(), said.policies())));
  }

  @Override
  public String revision() {
    return inForce.revision();
  }

  @Override
  public void listen(PolicyListener listener) {
    listeners.add(listener);
    inForce.listen(listener);
    shadow.listen(listener);
  }

  @Override
  public PolicyReload reload() {
    return inForce.reload();
  }

  @Override
  public String name() {
    return inForce.name();
  }

  @Override
  public void close() {
    inForce.close();
    shadow.close();
  }
}
