package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.NoAudit;
import dev.tollgate.policy.NoPolicy;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.spring.actuate.GateHealth.State;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What counts as healthy: whether the gate could permit anything. */
class GateHealthTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();

  private static GateHealth of(ToolGate gate) {
    return GateHealth.of(gate.status());
  }

  private static void call(ToolGate gate) {
    ToolResult result =
        gate.call(
            gate.propose(
                new Proposal(
                    gate.startTask(Intent.human("read"), null, null, "c"),
                    gate.describe(new ToolDefinition("files_read", "", "", "test")),
                    "{}",
                    "1",
                    SpanOwner.GATE)),
            arguments -> ToolResult.returned("x"));
    assertThat(result).isNotNull();
  }

  @Test
  void a_gate_with_policy_and_audit_is_up_until_it_is_closed() {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build();
    assertThat(of(gate).state()).isEqualTo(State.UP);
    assertThat(of(gate).details()).containsEntry("mode", "enforce");
    gate.close();
    assertThat(of(gate).state()).isEqualTo(State.OUT_OF_SERVICE);
  }

  @Test
  void an_audit_that_takes_no_records_is_down_until_it_takes_one() {
    ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build();
    audit.failing(true);
    call(gate);
    assertThat(of(gate).state()).isEqualTo(State.DOWN);
    assertThat(of(gate).details()).containsEntry("audit", "failing");
    audit.failing(false);
    call(gate);
    assertThat(of(gate).state()).isEqualTo(State.UP);
  }

  @Test
  void a_gate_that_denies_everything_for_want_of_a_part_is_down() {
    assertThat(of(TestGates.gate(new NoPolicy(), audit).build()).state()).isEqualTo(State.DOWN);
    ToolGate unrecorded = TestGates.gate(ScriptedPolicy.permitAll(), new NoAudit()).build();
    assertThat(of(unrecorded).details()).containsEntry("audit", "missing");
    assertThat(of(unrecorded).state()).isEqualTo(State.DOWN);
  }

  @Test
  void an_engine_that_does_not_answer_is_down_and_not_an_exception() {
    PolicyDecisionPoint broken =
        (PolicyDecisionPoint)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PolicyDecisionPoint.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("listen")) {
                    return null;
                  }
                  throw new IllegalStateException("secret of the engine");
                });
    GateHealth health = of(TestGates.gate(broken, audit).build());
    assertThat(health.state()).isEqualTo(State.DOWN);
    assertThat(health.details()).containsEntry("policy", "unavailable");
    assertThat(health.toString()).doesNotContain("secret of the engine");
  }

  @Test
  void policies_that_are_too_old_are_down() {
    ScriptedPolicy policy = ScriptedPolicy.permitAll();
    policy.revision("stale:r1");
    assertThat(of(TestGates.gate(policy, audit).build()).details())
        .containsEntry("policy", "stale");
  }
}
