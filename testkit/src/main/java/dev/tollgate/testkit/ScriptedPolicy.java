package dev.tollgate.testkit;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A policy for tests: a function of the request, which remembers what it was asked. Thread-safe.
 */
public final class ScriptedPolicy implements PolicyDecisionPoint {
  private final Function<PolicyRequest, Decision> rule;
  private final List<List<PolicyRequest>> asked = new CopyOnWriteArrayList<>();
  private volatile String revision = "r1";
  private volatile Predicate<Tool> hopeless = tool -> false;

  private ScriptedPolicy(Function<PolicyRequest, Decision> rule) {
    this.rule = rule;
  }

  public static ScriptedPolicy of(Function<PolicyRequest, Decision> rule) {
    return new ScriptedPolicy(rule);
  }

  public static ScriptedPolicy permitAll() {
    return denying();
  }

  /** Forbids the named tools and permits the others. */
  public static ScriptedPolicy denying(String... tools) {
    Set<String> denied = Set.of(tools);
    return new ScriptedPolicy(
        request -> {
          Basis basis = new Basis("scripted", "r1", List.of("rule"));
          return denied.contains(request.tool().name())
              ? new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN)
              : Decision.permit(basis);
        });
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    asked.add(List.copyOf(requests));
    return requests.stream().map(rule).toList();
  }

  /** Every batch it was asked about, in order. */
  public List<List<PolicyRequest>> asked() {
    return asked;
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    return !hopeless.test(tool);
  }

  /** The named tools are denied whatever the call, and the policy knows it. */
  public ScriptedPolicy hopeless(String... tools) {
    Set<String> named = Set.of(tools);
    hopeless = tool -> named.contains(tool.name());
    return this;
  }

  /** As if other policies had been loaded. */
  public void revision(String value) {
    this.revision = value;
  }

  @Override
  public String name() {
    return "scripted";
  }
}
