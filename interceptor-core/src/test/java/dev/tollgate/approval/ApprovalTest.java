package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.ARGUMENTS;
import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Denial;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call waits for a person, is answered, and runs once. */
class ApprovalTest {
  private final ApprovalBench waits = new ApprovalBench();
  private final Bench bench = waits.bench;

  @Test
  void aCallThatNeedsApprovalWaitsUnderAnId() {
    Denial denial = waits.denied(bench.task(), ARGUMENTS);
    assertThat(denial.reason()).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(denial.forModel())
        .isEqualTo(
            "{\"error\":\"denied\",\"reason_code\":\"approval_required\",\"decision_id\":\""
                + denial.decisionId()
                + "\",\"approval_id\":\""
                + id(denial)
                + "\"}");
    assertThat(bench.runs).hasValue(0);
    ApprovalRequest request = waits.desk().pending("acme").get(0);
    assertThat(request.id()).isEqualTo(id(denial));
    assertThat(request.arguments()).isEqualTo("{\"a\":\"x\",\"b\":1}");
    assertThat(request.call().subject()).isEqualTo("alice");
    assertThat(request.callId()).isEqualTo(denial.decisionId());
    assertThat(request.basis().policies()).containsExactly("p1");
    assertThat(request.toString()).doesNotContain("\"x\"");
    assertThat(bench.sink.kinds())
        .containsExactlyInAnyOrder("approval_requested", "proposed", "decided");
    assertThat(waits.desk().pending("globex")).isEmpty();
  }

  @Test
  void onceApprovedItRunsOnceWithTheStoredArguments() {
    String id = waits.approved();
    assertThat(waits.resume(id)).isEqualTo(ToolResult.returned("done"));
    assertThat(bench.arguments).containsExactly("{\"a\":\"x\",\"b\":1}");
    assertThat(waits.asked).as("the policy is asked again").hasValue(2);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_USED);
    assertThat(bench.runs).hasValue(1);
    assertThat(waits.desk().pending("acme")).isEmpty();
    assertThat(bench.sink.records(AuditRecord.ApprovalAnswered.class))
        .containsExactly(
            new AuditRecord.ApprovalAnswered(id, "approve", "bob", true, List.of(), ""));
    assertThat(bench.sink.records(AuditRecord.ApprovalUsed.class))
        .containsExactly(new AuditRecord.ApprovalUsed(id, "bob"));
  }

  @Test
  void beforeTheAnswerItIsStillDenied() {
    String id = waits.waiting();
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void theSameCallIsAskedForOnce() {
    Task task = bench.task();
    String id = waits.waiting(task);
    assertThat(waits.waiting(task)).isEqualTo(id);
    assertThat(waits.waiting(bench.task())).isNotEqualTo(id);
    assertThat(waits.desk().pending("acme")).hasSize(2);
  }

  @Test
  void aModelThatAsksAgainAfterTheApprovalUsesItUp() {
    Task task = bench.task();
    String id = waits.approved(task);
    assertThat(bench.gate().call(bench.call(task, bench.tool("read"), ARGUMENTS), bench.body()))
        .isEqualTo(ToolResult.returned("done"));
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_USED);
    assertThat(waits.waiting(task)).as("the next one waits anew").isNotEqualTo(id);
    assertThat(bench.runs).hasValue(1);
  }

  @Test
  void otherArgumentsAreAnotherCall() {
    Task task = bench.task();
    String id = waits.approved(task);
    Denial other = waits.denied(task, "{\"a\":\"y\",\"b\":1}");
    assertThat(other.reason()).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(id(other)).isNotEqualTo(id);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void aRejectedCallStaysRejectedForTheTask() {
    Task task = bench.task();
    String id = waits.waiting(task);
    assertThat(waits.desk().reject("acme", id, BOB)).isInstanceOf(ApprovalAnswer.Taken.class);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REJECTED);
    assertThat(waits.denied(task, ARGUMENTS).reason()).isEqualTo(ReasonCode.APPROVAL_REJECTED);
    bench.clock.pass(Duration.ofMinutes(11)); // the question would have ended; the answer stays
    assertThat(waits.denied(task, ARGUMENTS).reason()).isEqualTo(ReasonCode.APPROVAL_REJECTED);
    waits.policy.revision = "r2";
    waits.answer =
        request ->
            new Decision.NeedsApproval(
                new dev.tollgate.policy.Basis("test", "r2", List.of()), List.of());
    assertThat(waits.denied(task, ARGUMENTS).reason()).isEqualTo(ReasonCode.APPROVAL_REJECTED);
    assertThat(waits.waiting(bench.task())).isNotEqualTo(id);
  }

  @Test
  void aQuestionEndsAndSoDoesItsAnswer() {
    String unanswered = waits.waiting();
    String answered = waits.approved();
    bench.clock.pass(Duration.ofMinutes(10));
    assertThat(waits.desk().pending("acme")).isEmpty();
    assertThat(ApprovalBench.refused(waits.desk().approve("acme", unanswered, BOB)))
        .isEqualTo(ReasonCode.APPROVAL_EXPIRED);
    assertThat(waits.resumed(unanswered)).isEqualTo(ReasonCode.APPROVAL_EXPIRED);
    assertThat(waits.resumed(answered)).isEqualTo(ReasonCode.APPROVAL_EXPIRED);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void anApprovalThatEndsBetweenDecisionAndDispatchIsNoApproval() {
    String id = waits.approved();
    bench.clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    ApprovalRequest request = waits.desk().find("acme", id).orElseThrow();
    Task task = waits.bench.task();
    // As resume does it, but with time between its two steps.
    Task same =
        new Task(
            request.call().taskId(),
            task.conversation(),
            task.caller(),
            task.agent(),
            task.intent(),
            task.intentDigest(),
            task.environment(),
            task.startedAt(),
            task.deadlineNanos());
    var proposal =
        new dev.tollgate.Proposal(
            same, bench.tool("read"), ARGUMENTS, null, dev.tollgate.SpanOwner.GATE, id);
    var admitted = bench.gate().admit(List.of(bench.gate().propose(proposal))).get(0);
    assertThat(admitted).isInstanceOf(dev.tollgate.AdmittedCall.class);
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(Bench.reason(bench.gate().execute(admitted, bench.body())))
        .isEqualTo(ReasonCode.APPROVAL_EXPIRED);
  }

  /** Used up when it was admitted, it could not be admitted again. */
  @Test
  void anApprovedCallWaitsForItsTurnAsLongAsItsApprovalHolds() {
    Task task = bench.task();
    waits.approved(task);
    ToolCall call = bench.call(task, bench.tool("read"), ARGUMENTS);
    var admitted = bench.gate().admit(List.of(call)).get(0);
    bench.clock.pass(Duration.ofMinutes(9));
    assertThat(Bench.reason(bench.gate().execute(admitted, bench.body()))).isNull();
    assertThat(bench.runs).hasValue(1);
  }

  @Test
  void anApprovalEndsWithItsTask() {
    bench.clock.pass(Duration.ZERO);
    Task task = bench.task();
    bench.clock.pass(Duration.ofMinutes(14));
    String id = waits.approved(task);
    bench.clock.pass(Duration.ofMinutes(2));
    assertThat(waits.resumed(id))
        .isIn(ReasonCode.TASK_EXPIRED, ReasonCode.APPROVAL_UNKNOWN, ReasonCode.APPROVAL_EXPIRED);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void ifThePolicyForbidsItByNowItDoesNotRun() {
    String id = waits.approved();
    waits.answer = request -> new Decision.Deny(Policy.BASIS, ReasonCode.POLICY_FORBIDDEN);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    waits.answer = request -> Decision.permit(Policy.BASIS);
    assertThat(waits.resumed(id)).as("not used up by the denial").isNull();
    assertThat(waits.resumed(id)).as("once, also where none is needed").isNotNull();
    assertThat(bench.runs).hasValue(1);
  }

  @Test
  void aListenerThatAnswersLetsTheCallGoOnAtOnce() {
    bench.builder.approvalListener(
        request -> {
          ApprovalAnswer taken = waits.desk().approve("acme", request.id(), BOB);
          assertThat(taken).isInstanceOf(ApprovalAnswer.Taken.class);
        });
    assertThat(bench.run("read")).isEqualTo(ToolResult.returned("done"));
    assertThat(waits.asked).as("the policy is asked again").hasValue(2);
    assertThat(bench.sink.kinds())
        .containsExactly(
            "approval_requested",
            "approval_answered",
            "approval_used",
            "proposed",
            "decided",
            "dispatched",
            "outcome");
  }

  @Test
  void aListenerThatFailsLeavesTheCallWaiting() {
    bench.builder.approvalListener(
        request -> {
          throw new IllegalStateException("no mail server");
        });
    String id = waits.waiting();
    assertThat(waits.desk().pending("acme")).extracting(ApprovalRequest::id).containsExactly(id);
  }

  @Test
  void whatIsRevokedTakesItsApprovalsAlong() {
    Task task = bench.task();
    String approved = waits.approved(task);
    String other = waits.approved();
    assertThat(bench.gate().killSwitch().revoke(RevocationTarget.task("acme", task.id()), "carol"))
        .satisfies(revocation -> assertThat(revocation.approvals()).isEqualTo(1));
    assertThat(waits.desk().find("acme", approved).orElseThrow().state())
        .isEqualTo(ApprovalState.REVOKED);
    assertThat(waits.resumed(approved)).isEqualTo(ReasonCode.TASK_REVOKED);
    assertThat(ApprovalBench.refused(waits.desk().approve("acme", approved, BOB)))
        .isEqualTo(ReasonCode.APPROVAL_REVOKED);
    assertThat(waits.resumed(other)).isNull();
  }

  @Test
  void withoutApprovalsNobodyIsAskedAndNothingIsResumed() {
    Bench none = new Bench(Policy.permit());
    assertThat(none.gate().approvals()).isNull();
    assertThat(
            Bench.reason(
                none.gate().resume("made-up", ApprovalBench.ALICE, none.tool("read"), none.body())))
        .isEqualTo(ReasonCode.APPROVAL_UNKNOWN);
    assertThat(none.runs).hasValue(0);
  }

  @Test
  void observeModeAsksNobody() {
    bench.builder.observe(true);
    assertThat(bench.run("read")).isEqualTo(ToolResult.returned("done"));
    assertThat(waits.desk().pending("acme")).isEmpty();
  }
}
