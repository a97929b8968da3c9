package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What is missing, late, broken or not understood is a deny, and the tool does not run. */
class ClosedByDefaultTest {

  private static void denies(Bench bench, ToolCall call, ReasonCode reason) {
    ToolResult result = bench.gate().call(call, bench.body());
    assertThat(Bench.reason(result)).isEqualTo(reason);
    assertThat(bench.runs).hasValue(0);
  }

  private static void denies(PolicyDecisionPoint policy, ReasonCode reason) {
    Bench bench = new Bench(policy);
    denies(bench, bench.call("read"), reason);
    assertThat(bench.sink.kinds()).containsExactly("proposed", "decided");
  }

  @Test
  void noPolicy() {
    denies(new dev.tollgate.policy.NoPolicy(), ReasonCode.POLICY_MISSING);
  }

  @Test
  void aPolicyThatThrows() {
    denies(
        Policy.batch(
            r -> {
              throw new IllegalStateException("broken");
            }),
        ReasonCode.POLICY_ERROR);
    denies(
        Policy.batch(
            r -> {
              throw new NoClassDefFoundError("native library");
            }),
        ReasonCode.POLICY_ERROR);
  }

  @Test
  void aPolicyWithoutARevision() {
    PolicyDecisionPoint policy = Mockito.mock(PolicyDecisionPoint.class);
    Mockito.when(policy.name()).thenReturn("mock");
    denies(policy, ReasonCode.POLICY_ERROR);
  }

  @Test
  @SuppressWarnings("NullAway") // what a foreign policy may do
  void aPolicyThatDoesNotAnswer() {
    denies(Policy.batch(r -> null), ReasonCode.POLICY_NO_ANSWER);
    denies(Policy.batch(r -> List.of()), ReasonCode.POLICY_NO_ANSWER);
    denies(
        Policy.batch(r -> List.of(Decision.permit(Policy.BASIS), Decision.permit(Policy.BASIS))),
        ReasonCode.POLICY_NO_ANSWER);
    denies(Policy.each(r -> null), ReasonCode.POLICY_NO_ANSWER);
    denies(Policy.each(r -> Decision.permit(null)), ReasonCode.POLICY_ERROR);
  }

  /** Else a policy backend could pass for the person who approved, or use up an approval. */
  @Test
  void whatOnlyTheGateItselfMayDemand() {
    denies(
        Policy.permit(new Obligation.ApprovedUntil(java.time.Instant.MAX)),
        ReasonCode.OBLIGATION_UNKNOWN);
    denies(Policy.permit(new Obligation.UseApproval("a-1")), ReasonCode.OBLIGATION_UNKNOWN);
  }

  @Test
  void anObligationNobodyKnows() {
    denies(Policy.permit(new Obligation.Unknown("dance")), ReasonCode.OBLIGATION_UNKNOWN);
    denies(
        Policy.each(
            r -> new Decision.NeedsApproval(Policy.BASIS, List.of(new Obligation.Unknown("x")))),
        ReasonCode.OBLIGATION_UNKNOWN);
  }

  @Test
  void whatNeedsApproval() {
    denies(
        Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of())),
        ReasonCode.APPROVAL_REQUIRED);
  }

  @Test
  void noAudit() {
    Bench bench = new Bench(Policy.permit());
    bench.builder.audit(new dev.tollgate.audit.NoAudit());
    denies(bench, bench.call("read"), ReasonCode.AUDIT_UNAVAILABLE);
  }

  @Test
  void noTaskTenantOrSubject() {
    Bench bench = new Bench(Policy.permit());
    denies(bench, bench.call(null, bench.tool("read"), "{}"), ReasonCode.TASK_MISSING);
    Task task = bench.task();
    denies(
        bench,
        bench.call(with(task, "", task.caller()), bench.tool("read"), "{}"),
        ReasonCode.TENANT_MISSING);
    denies(
        bench,
        bench.call(with(task, "acme", null), bench.tool("read"), "{}"),
        ReasonCode.SUBJECT_MISSING);
    assertThat(bench.sink.entries.get(0).tenant()).isEqualTo("_unassigned");
  }

  private static Task with(Task t, String tenant, @org.jspecify.annotations.Nullable Caller who) {
    return new Task(
        t.id(),
        new Conversation(tenant, "c"),
        who,
        t.agent(),
        t.intent(),
        t.intentDigest(),
        t.environment(),
        t.startedAt(),
        t.deadlineNanos());
  }

  @Test
  void nobodyIsTheCallerUnlessConfigured() {
    Bench bench = new Bench(Policy.permit());
    ToolGateBuilder plain =
        ToolGate.builder().policy(Policy.permit()).audit(bench.sink).keys(bench.keys);
    try (ToolGate gate = plain.build()) {
      Task task = gate.startTask(Intent.human("x"), null, null, null);
      ToolCall call =
          gate.propose(new Proposal(task, bench.tool("read"), "{}", null, SpanOwner.GATE));
      assertThat(Bench.reason(gate.call(call, bench.body()))).isEqualTo(ReasonCode.TENANT_MISSING);
    }
  }

  @Test
  void anExpiredTask() {
    Bench bench = new Bench(Policy.permit());
    ToolCall call = bench.call("read");
    bench.clock.pass(Duration.ofMinutes(16));
    denies(bench, call, ReasonCode.TASK_EXPIRED);
  }

  @Test
  void aClockSetBack() {
    Bench bench = new Bench(Policy.permit());
    assertThat(Bench.reason(bench.run("read"))).isNull();
    bench.clock.wall = bench.clock.wall.minusSeconds(5);
    assertThat(Bench.reason(bench.run("read"))).isNull();
    bench.clock.wall = bench.clock.wall.minusMillis(1);
    assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.CLOCK_SET_BACK);
  }

  @Test
  void anotherTaskThanTheAmbientOne() {
    Bench bench = new Bench(Policy.permit());
    ToolCall call = bench.call("read");
    try (var scope = bench.task().open()) {
      denies(bench, call, ReasonCode.TASK_MISMATCH);
    }
  }

  @Test
  void aToolThatIsNotRegistered() {
    Bench bench = new Bench(Policy.permit());
    denies(
        bench,
        bench.call(bench.task(), Tool.unknown("rm", "model"), "{}"),
        ReasonCode.TOOL_UNKNOWN);
  }

  @Test
  void argumentsThatAreNotTaken() {
    Bench bench = new Bench(Policy.permit());
    denies(
        bench,
        bench.call(bench.task(), bench.tool("read"), "{\"a\":1,\"a\":2}"),
        ReasonCode.ARGUMENTS_DUPLICATE_KEY);
    denies(
        bench,
        bench.call(bench.task(), bench.tool("read"), "{\"a\":1e-99999999999}"),
        ReasonCode.ARGUMENTS_NUMBER_INEXACT);
  }

  @Test
  void aClosedGate() {
    Bench bench = new Bench(Policy.permit());
    ToolCall call = bench.call("read");
    Admission before = bench.gate().admit(List.of(call)).get(0);
    bench.gate().close();
    denies(bench, bench.call("read"), ReasonCode.GATE_CLOSED);
    assertThat(Bench.reason(bench.gate().execute(before, bench.body())))
        .isEqualTo(ReasonCode.GATE_CLOSED);
    bench.sink.failing = true; // as a closed sink does
    denies(bench, bench.call("read"), ReasonCode.GATE_CLOSED);
  }

  @Test
  void aStageThatFailsOrAnswersTooLittle() {
    Bench bench = new Bench(Policy.permit());
    ToolCall call = bench.call("read");
    List<AdmissionStage> broken =
        List.of(
            calls -> {
              throw new LinkageError("x");
            },
            calls -> {
              throw new IllegalStateException("x");
            },
            calls -> List.of(),
            calls -> new ArrayList<>(java.util.Collections.singletonList(null)));
    for (AdmissionStage stage : broken) {
      assertThat(new AdmissionChain(List.of(stage), null).decide(List.of(call)))
          .singleElement()
          .isInstanceOfSatisfying(
              Decision.Deny.class,
              deny -> assertThat(deny.reason()).isEqualTo(ReasonCode.STAGE_FAILED));
    }
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new AdmissionChain(List.of(), null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
