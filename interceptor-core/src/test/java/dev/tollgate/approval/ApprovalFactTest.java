package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Approved;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import dev.tollgate.tool.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a policy reads of the approval that a call has. */
class ApprovalFactTest {
  private static final Approver TEA = BOB.withRoles(Set.of("treasurer"));
  private final ApprovalBench waits = new ApprovalBench();
  private final Task task = waits.bench.task();
  private final List<@Nullable Approved> seen = new ArrayList<>();

  private Decision needed(PolicyRequest request) {
    seen.add(request.facts().approval());
    return new Decision.NeedsApproval(Policy.BASIS, List.of());
  }

  /** Permits what a treasurer approved, and demands nothing more then. */
  private Decision permitsIfApproved(PolicyRequest request) {
    Approved approved = request.facts().approval();
    seen.add(approved);
    return approved != null && approved.roles().contains("treasurer")
        ? Decision.permit(Policy.BASIS)
        : new Decision.NeedsApproval(Policy.BASIS, List.of());
  }

  private String approved() {
    String id = waits.waiting(task);
    assertThat(refused(waits.desk().approve("acme", id, TEA))).isNull();
    return id;
  }

  @Nullable ReasonCode again(String arguments) {
    return Bench.reason(
        waits
            .bench
            .gate()
            .call(waits.bench.call(task, waits.bench.tool("read"), arguments), waits.bench.body()));
  }

  @Test
  void itIsThereForTheVeryCallOnceSomebodySaidYes() {
    waits.answer = this::needed;
    String id = waits.waiting(task);
    again(ApprovalBench.ARGUMENTS);
    assertThat(refused(waits.desk().approve("acme", id, TEA))).isNull();
    again("{\"b\":2}");
    waits.resumed(id);
    assertThat(seen).containsExactly(null, null, null, new Approved("bob", Set.of("treasurer")));
    assertThat(waits.bench.runs).hasValue(1);
  }

  @Test
  void itIsNotThereOnceItHasEnded() {
    waits.answer = this::needed;
    approved();
    waits.bench.clock.pass(Duration.ofMinutes(11));
    assertThat(again(ApprovalBench.ARGUMENTS)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(seen).containsExactly(null, null);
  }

  @Test
  void itIsNotThereUnderOtherPolicies() {
    waits.answer = this::needed;
    approved();
    waits.policy.revision = "r2";
    again(ApprovalBench.ARGUMENTS);
    assertThat(seen).containsExactly(null, null);
  }

  @Test
  void anApprovalThatLetThePolicyPermitIsUsedUpByTheCall() {
    waits.answer = this::permitsIfApproved;
    String id = approved();
    assertThat(again(ApprovalBench.ARGUMENTS)).isNull();
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalUsed.class))
        .containsExactly(new AuditRecord.ApprovalUsed(id, "bob"));
    assertThat(again(ApprovalBench.ARGUMENTS)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_USED);
    assertThat(waits.bench.runs).hasValue(1);
  }

  @Test
  void ofManyCallsAtOnceOneRunsOnIt() throws Exception {
    waits.answer =
        request -> {
          Approved approved = request.facts().approval();
          return approved == null
              ? new Decision.NeedsApproval(Policy.BASIS, List.of())
              : Decision.permit(Policy.BASIS);
        };
    approved();
    ApproverTest.together(30, () -> again(ApprovalBench.ARGUMENTS));
    assertThat(waits.bench.runs).hasValue(1);
  }

  @Test
  void aStoreThatCannotBeReadDenies() {
    waits.answer =
        request -> {
          throw new StateException("as the store would");
        };
    assertThat(again(ApprovalBench.ARGUMENTS)).isEqualTo(ReasonCode.POLICY_ERROR);
  }

  @Test
  void observeModeAsksNobodyAndSoKnowsOfNone() {
    ApprovalBench observed = new ApprovalBench();
    observed.answer = this::needed;
    observed.bench.builder.observe(true);
    assertThat(Bench.reason(observed.bench.run("read"))).isNull();
    assertThat(Bench.reason(observed.bench.run("read"))).isNull();
    assertThat(seen).containsExactly(null, null);
  }

  /** The call that waits was written by a model that had read this. */
  @Test
  void aResumedCallIsDecidedByWhatItsTaskHadReadWhenItWasProposed() {
    task.life().sequence().labelled("bank-data");
    List<TaskHistory> histories = new ArrayList<>();
    waits.answer =
        request -> {
          histories.add(request.task().life().history());
          return new Decision.NeedsApproval(Policy.BASIS, List.of());
        };
    again("{\"b\":2}");
    String id = approved();
    waits.resumed(id);
    assertThat(waits.bench.runs).hasValue(1);
    assertThat(histories).hasSize(3);
    assertThat(histories.get(2).labels()).containsExactly("bank-data");
    assertThat(histories.get(2).calls()).isEqualTo(1);
    assertThat(histories.get(2)).isEqualTo(histories.get(1));
  }

  /** A policy that looked at them the first time must find them again. */
  @Test
  void whatPoliciesReadOfAgentAndIntentIsThereAgainAfterTheAnswer() {
    List<Object> read = new ArrayList<>();
    waits.answer =
        request -> {
          read.add(request.task().agent());
          read.add(request.task().intent().effects());
          return new Decision.NeedsApproval(Policy.BASIS, List.of());
        };
    AgentIdentity agent =
        new AgentIdentity("payer", Set.of("office"), "treasury", "m-1", "sha256:prompts");
    Task asking =
        waits
            .bench
            .gate()
            .startTask(
                Intent.human("Pay the rent.").asking(Set.of(Effect.PAY)), agent, null, "chat-1");
    String id = waits.approved(asking);
    assertThat(waits.resumed(id)).isNull();
    assertThat(read).hasSizeGreaterThanOrEqualTo(4).containsOnly(agent, Set.of(Effect.PAY));
  }
}
