package dev.tollgate.langchain4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.ScriptedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Calls that wait for a person, and the person. */
final class Waiting {
  static final Caller ALICE = Caller.of("acme", "alice");
  private static final Approver BOB = Approver.person("acme", "bob", null);

  private Waiting() {}

  /** A gate that asks a person about the named tools and permits the others. */
  static Gated gated(String... tools) {
    return Gated.by(policy(tools), Waiting::asked);
  }

  static ScriptedPolicy policy(String... tools) {
    Set<String> named = Set.of(tools);
    return ScriptedPolicy.of(
        request -> {
          Basis basis = new Basis("scripted", "r1", List.of("secret-rule"));
          return named.contains(request.tool().name())
              ? new Decision.NeedsApproval(basis, List.of())
              : Decision.permit(basis);
        });
  }

  static ToolGateBuilder asked(ToolGateBuilder gate) {
    return gate.approvals(10, Duration.ofMinutes(10));
  }

  /** The one call that waits. */
  static String id(ToolGate gate) {
    var pending = desk(gate).pending("acme");
    assertThat(pending).hasSize(1);
    return pending.get(0).id();
  }

  static void approve(ToolGate gate, String id) {
    assertThat(desk(gate).approve("acme", id, BOB)).isInstanceOf(ApprovalAnswer.Taken.class);
  }

  /** Bob says yes to the one call that waits. */
  static String approved(ToolGate gate) {
    String id = id(gate);
    approve(gate, id);
    return id;
  }

  private static ApprovalDesk desk(ToolGate gate) {
    return requireNonNull(gate.approvals());
  }
}
