package dev.tollgate.testkit;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.task.Caller;

/** Gates for tests. */
public final class TestGates {
  private TestGates() {}

  /** A gate with keys, whose tasks run for alice of acme unless a caller is open. */
  public static ToolGateBuilder gate(PolicyDecisionPoint policy, AuditSink audit) {
    return ToolGate.builder()
        .policy(policy)
        .audit(audit)
        .keys(TestKeys.inMemory())
        .defaultCaller(Caller.of("acme", "alice"));
  }
}
