package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.ARGUMENTS;
import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in the state store: who else may work on it, and what nobody may do to it. */
class StoredApprovalTest {
  private final ApprovalBench waits = new ApprovalBench();
  private final StateStore state = spy(new InMemoryStateStore(waits.bench.clock));

  StoredApprovalTest() {
    waits.bench.builder.approvals(3, Duration.ofMinutes(10)).state(state);
  }

  private ApprovalDesk beside() {
    return ApprovalDesk.over(state, waits.bench.keys, waits.bench.sink, waits.bench.clock);
  }

  @Test
  void aDeskBesideTheGateAnswersAndMakesRoom() {
    List<String> ids = List.of(waits.waiting(), waits.waiting(), waits.waiting());
    assertThat(beside().pending("acme")).extracting(ApprovalRequest::id).hasSameElementsAs(ids);
    assertThat(refused(beside().reject("acme", ids.get(2), BOB))).isNull();
    String fourth = waits.waiting();
    assertThat(refused(beside().approve("acme", fourth, BOB))).isNull();
    assertThat(beside().pending("acme")).extracting(ApprovalRequest::id).doesNotContain(fourth);
    assertThat(beside().open("acme"))
        .extracting(ApprovalRequest::id)
        .containsExactlyInAnyOrder(ids.get(0), ids.get(1), fourth);
    assertThat(waits.resumed(fourth)).isNull();
    assertThat(waits.resumed(ids.get(2))).isEqualTo(ReasonCode.APPROVAL_REJECTED);
    assertThat(beside().open("acme")).hasSize(2);
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalAnswered.class))
        .containsExactly(
            new AuditRecord.ApprovalAnswered(ids.get(2), "reject", "bob", true, List.of(), ""),
            new AuditRecord.ApprovalAnswered(fourth, "approve", "bob", true, List.of(), ""));
  }

  @Test
  void anAnswerCountsAndIsRecordedAlsoIfItsRoomCannotBeGivenBack() {
    String id = waits.waiting();
    doThrow(new StateException("told to fail")).when(state).remove(any(), any());
    assertThat(refused(waits.desk().approve("acme", id, BOB))).isNull();
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalAnswered.class))
        .containsExactly(
            new AuditRecord.ApprovalAnswered(id, "approve", "bob", true, List.of(), ""));
    assertThat(waits.resumed(id)).isNull();
  }

  @Test
  void whoWritesToTheStoreCannotLetAnotherCallRunOnAnApproval() {
    Task task = waits.bench.task();
    String approved = waits.approved(task);
    String other = "{\"a\":\"everything\"}";
    String waiting = ApprovalBench.id(waits.denied(task, other));
    for (Map.Entry<String, String> index : state.list("acme", "approval-call").entrySet()) {
      state.replace(new StateKey("acme", "approval-call", index.getKey()), waiting, approved);
    }
    assertThat(waits.denied(task, other).reason()).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.bench.runs).hasValue(0);
    assertThat(waits.denied(task, "{\"a\":\"new\"}").reason())
        .as("what was not touched works")
        .isEqualTo(ReasonCode.APPROVAL_REQUIRED);
  }

  @Test
  void aCallWhoseFilingBrokeOffCanBeAskedForAgain() {
    Task task = waits.bench.task();
    waits.bench.gate();
    doThrow(new StateException("told to fail"))
        .doCallRealMethod()
        .when(state)
        .putIfAbsent(
            org.mockito.ArgumentMatchers.argThat(
                key -> key != null && key.room().equals("approval")),
            any(),
            any());
    assertThat(waits.denied(task, ARGUMENTS).reason()).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.desk().pending("acme")).isEmpty();
    String id = waits.waiting(task);
    assertThat(refused(waits.desk().approve("acme", id, BOB))).isNull();
    assertThat(waits.resumed(id)).isNull();
  }

  @Test
  void aStoreThatFailsAfterItHasWrittenDoesNotLetTheCallRun() {
    String id = waits.waiting(waits.bench.task());
    org.mockito.Mockito.doAnswer(
            call -> {
              call.callRealMethod();
              throw new StateException("the answer was lost on the way");
            })
        .doCallRealMethod()
        .when(state)
        .replace(any(), any(), any());
    assertThat(refused(waits.desk().approve("acme", id, BOB)))
        .isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REVOKED);
    assertThat(waits.bench.runs).hasValue(0);
  }

  @Test
  void oneThatCannotBeReadKeepsNothingElseAlive() {
    Task task = waits.bench.task();
    String id = waits.waiting(task);
    state.putIfAbsent(
        new StateKey("acme", "approval", "broken"), "0 nonsense", java.time.Duration.ofMinutes(5));
    assertThat(waits.desk().pending("acme")).extracting(ApprovalRequest::id).containsExactly(id);
    assertThat(waits.bench.gate().killSwitch().end(task).approvals()).isEqualTo(1);
    assertThat(waits.desk().find("acme", id).orElseThrow().state())
        .isEqualTo(ApprovalState.REVOKED);
  }

  @Test
  void manyThatAskForTheSameCallAtOnceWaitUnderOneId() throws Exception {
    Task task = waits.bench.task();
    java.util.Set<String> ids = java.util.concurrent.ConcurrentHashMap.newKeySet();
    ApproverTest.together(
        20,
        () -> {
          dev.tollgate.Denial denial = waits.denied(task, ARGUMENTS);
          ids.add(denial.approvalId() == null ? denial.reason().code() : denial.approvalId());
        });
    ids.remove(ReasonCode.APPROVAL_UNAVAILABLE.code()); // asked while the other was being filed
    assertThat(ids).hasSize(1);
    assertThat(waits.desk().pending("acme")).hasSize(1);
  }
}
