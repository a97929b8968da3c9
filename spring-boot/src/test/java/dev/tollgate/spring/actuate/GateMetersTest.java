package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What Micrometer counts, and how much of it there can be. */
class GateMetersTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ToolGate gate = TestGates.gate(ScriptedPolicy.denying("no"), audit).build();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final GateMeters meters = new GateMeters(gate);

  private void call(Tool tool) {
    ToolResult result =
        gate.call(
            gate.propose(
                new Proposal(
                    gate.startTask(Intent.human("do"), null, null, "c"),
                    tool,
                    "{}",
                    "1",
                    SpanOwner.GATE)),
            arguments -> ToolResult.returned("x"));
    assertThat(result).isNotNull();
  }

  private Tool tool(String name) {
    return gate.describe(new ToolDefinition(name, "", "", "test"));
  }

  private double decisions(String... tags) {
    return registry.get("tollgate.decisions").tags(tags).counter().count();
  }

  @Test
  void decisions_are_counted_by_tool_outcome_and_reason() {
    meters.bindTo(registry);
    call(tool("yes"));
    call(tool("yes"));
    call(tool("no"));
    assertThat(decisions("tool", "yes", "outcome", "permit", "reason", "none")).isEqualTo(2);
    assertThat(decisions("tool", "no", "outcome", "deny", "reason", "policy_forbidden"))
        .isEqualTo(1);
    assertThat(registry.get("tollgate.decision.duration").timer().count()).isEqualTo(3);
    assertThat(registry.get("tollgate.credential.leases.open").gauge().value()).isZero();
  }

  @Test
  void a_name_that_a_model_made_up_is_no_tag_and_many_tools_become_one() {
    meters.bindTo(registry);
    call(Tool.unknown("made-up", "test"));
    assertThat(decisions("tool", "(unknown)")).isEqualTo(1);
    for (int i = 0; i < 300; i++) {
      call(tool("server-tool-" + i));
    }
    assertThat(registry.find("tollgate.decisions").counters()).hasSizeLessThanOrEqualTo(201);
    assertThat(decisions("tool", "(other)")).isEqualTo(101);
  }

  @Test
  void revocations_and_audit_failures_are_counted() {
    meters.bindTo(registry);
    gate.killSwitch().revoke(RevocationTarget.agent("acme", "a"), "olga");
    assertThat(
            registry
                .get("tollgate.revocations")
                .tags("event", "revoked", "kind", "agent")
                .counter()
                .count())
        .isEqualTo(1);
    audit.failing(true);
    call(tool("yes"));
    assertThat(registry.get("tollgate.audit.failures").counter().count()).isPositive();
  }

  @Test
  void nothing_is_counted_any_more_when_the_context_is_gone() {
    meters.bindTo(registry);
    meters.close();
    call(tool("yes"));
    assertThat(registry.find("tollgate.decisions").counters()).isEmpty();
  }
}
