package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Policy;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever answers has the roles that the policy names, when they answer and when the call runs. */
class ApproverRoleTest {
  private static final Obligation TREASURER = new Obligation.ApprovedByRole("treasurer");
  private static final Obligation AUDITOR = new Obligation.ApprovedByRole("auditor");
  private static final Approver TEA = BOB.withRoles(Set.of("treasurer"));
  private final ApprovalBench waits = new ApprovalBench();
  private final Task task = waits.bench.task();

  private String waiting(Obligation... obligations) {
    waits.demand(obligations);
    return waits.waiting(task);
  }

  @Test
  void somebodyWithoutTheRoleIsRefusedOnRecordAndTheCallStillWaits() {
    String id = waiting(TREASURER);
    Approver carol = Approver.person("acme", "carol", null).withRoles(Set.of("Treasurer", "cfo"));
    assertThat(refused(waits.desk().approve("acme", id, carol)))
        .isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    assertThat(refused(waits.desk().reject("acme", id, BOB)))
        .isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalAnswered.class))
        .containsExactly(
            new AuditRecord.ApprovalAnswered(
                id,
                "refuse",
                "carol",
                true,
                List.of(),
                Set.of("Treasurer", "cfo"),
                "approver_role_missing"),
            new AuditRecord.ApprovalAnswered(
                id, "refuse", "bob", true, List.of(), "approver_role_missing"));
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(refused(waits.desk().approve("acme", id, TEA))).isNull();
    assertThat(waits.resumed(id)).isNull();
    assertThat(waits.bench.runs).hasValue(1);
  }

  @Test
  void ofSeveralRolesTheyMustHaveAll() {
    String id = waiting(TREASURER, AUDITOR);
    assertThat(waits.desk().find("acme", id).orElseThrow().byRoles())
        .containsExactlyInAnyOrder("treasurer", "auditor");
    assertThat(refused(waits.desk().approve("acme", id, TEA)))
        .isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    Approver both = BOB.withRoles(Set.of("auditor", "treasurer", "clerk"));
    assertThat(refused(waits.desk().approve("acme", id, both))).isNull();
    assertThat(waits.resumed(id)).isNull();
  }

  @Test
  void whatWasApprovedDoesNotRunIfThePolicyWantsAnotherRoleByThen() {
    String id = waiting(TREASURER);
    assertThat(refused(waits.desk().approve("acme", id, TEA))).isNull();
    waits.demand(TREASURER, AUDITOR);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    assertThat(waits.denied(task, ApprovalBench.ARGUMENTS).reason())
        .isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    assertThat(waits.bench.runs).hasValue(0);
  }

  /** An engine that names an approver and forgets to say that one is needed. */
  @Test
  void aPermitThatNamesAnApproverNeedsOne() {
    waits.answer = request -> new Decision.Permit(Policy.BASIS, List.of(TREASURER));
    String id = waits.waiting(task);
    assertThat(refused(waits.desk().approve("acme", id, BOB)))
        .isEqualTo(ReasonCode.APPROVER_ROLE_MISSING);
    waits.answer =
        request -> new Decision.Permit(Policy.BASIS, List.of(new Obligation.ApprovedByOther()));
    assertThat(waits.denied(task, "{}").approvalId()).isNotNull();
  }

  /** What an older version kept says too little: it is refused as a whole, not filled up. */
  @ParameterizedTest
  @ValueSource(strings = {"byRoles", "approverRoles", "history"})
  void oneThatLacksAnythingIsNotRead(String missing) throws JsonRefusedException {
    String id = waiting();
    assertThat(refused(waits.desk().approve("acme", id, TEA))).isNull();
    ApprovalRequest now = waits.desk().find("acme", id).orElseThrow();
    assertThat(ApprovalForm.read(ApprovalForm.write(now))).isEqualTo(now);
    Map<String, JsonValue> old = new HashMap<>();
    new StrictJson(JsonLimits.DEFAULT).parseObject(ApprovalForm.write(now)).forEach(old::put);
    assertThat(old.remove(missing)).isNotNull();
    String text = CanonicalJson.text(JsonValue.object(old));
    assertThatThrownBy(() -> ApprovalForm.read(text)).isInstanceOf(IllegalStateException.class);
  }
}
