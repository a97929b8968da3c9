package dev.tollgate.policy;

import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies under a ceiling, which is asked first: what it denies stays denied, and what both permit
 * bears the demands of both. So whatever is loaded later can only narrow. Thread-safe.
 */
public final class CeilingDecisionPoint implements PolicyDecisionPoint {
  private static final String CEILING = "ceiling";
  private final PolicyDecisionPoint ceiling;
  private final PolicyDecisionPoint below;

  /**
   * @param ceiling loaded once, never again
   */
  public CeilingDecisionPoint(PolicyDecisionPoint ceiling, PolicyDecisionPoint below) {
    this.ceiling = ceiling;
    this.below = below;
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    String top = ceiling.revision();
    String before = below.revision();
    List<Decision> decisions = new ArrayList<>(requests.size());
    List<PolicyRequest> open = new ArrayList<>(requests.size());
    List<Decision> above = DistrustedAnswers.ask(CEILING, ceiling, requests);
    for (int i = 0; i < requests.size(); i++) {
      Basis basis = above.get(i).basis();
      decisions.add(above.get(i).on(ofCeiling(basis)));
      if (!(above.get(i) instanceof Decision.Deny)) {
        open.add(requests.get(i));
      }
    }
    List<Decision> answers =
        open.isEmpty() ? List.of() : DistrustedAnswers.ask(below.name(), below, open);
    int next = 0;
    for (int i = 0; i < requests.size(); i++) {
      Decision limit = decisions.get(i);
      if (limit instanceof Decision.Deny) {
        decisions.set(i, limit.on(limit.basis().at(both(of(limit, top), before))));
      } else {
        Decision answer = answers.get(next++);
        String under = of(answer, before);
        decisions.set(i, combined(answer, limit, both(of(limit, top), under)));
      }
    }
    return decisions;
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    return ceiling.couldPermit(task, tool) && below.couldPermit(task, tool);
  }

  /** Both, and the answer of the policies below names the decider. */
  private static Decision combined(Decision answer, Decision limit, String revision) {
    return answer.on(answer.basis().at(revision)).and(limit.on(limit.basis().at(revision)));
  }

  private static Basis ofCeiling(Basis basis) {
    return new Basis(
        CEILING,
        basis.revision(),
        basis.policies().stream().map(id -> CEILING + ":" + id).toList(),
        basis.reasons(),
        basis.dissent());
  }

  /** Changes when either does. */
  @Override
  public String revision() {
    return both(ceiling.revision(), below.revision());
  }

  /** The revision that an answer says it comes from, rather than one of a moment later. */
  private static String of(Decision answer, String revision) {
    return answer.basis().under(revision).revision();
  }

  private static String both(String top, String revision) {
    return top + "/" + revision;
  }

  @Override
  public void listen(PolicyListener listener) {
    ceiling.listen(listener);
    below.listen(listener);
  }

  @Override
  public PolicyReload reload() {
    return below.reload();
  }

  @Override
  public String name() {
    return below.name();
  }

  @Override
  public void close() {
    below.close();
    ceiling.close();
  }
}
