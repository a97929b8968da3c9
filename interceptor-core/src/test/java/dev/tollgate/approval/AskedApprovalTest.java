package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditRecord.Asked;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The record of a question reads the approval too; that must not use it up. */
class AskedApprovalTest {
  private final ApprovalBench waits = new ApprovalBench();

  private void runsAfterApproval(Function<PolicyRequest, Decision> then) {
    waits.bench.builder.recordQuestions(true);
    Task task = waits.bench.task();
    waits.answer = request -> new Decision.NeedsApproval(Policy.BASIS, List.of());
    assertThat(refused(waits.desk().approve("acme", waits.waiting(task), BOB))).isNull();
    waits.answer = then;
    waits
        .bench
        .gate()
        .call(
            waits.bench.call(task, waits.bench.tool("read"), ApprovalBench.ARGUMENTS),
            waits.bench.body());
    assertThat(waits.bench.runs).hasValue(1);
    List<Asked> asked = waits.bench.sink.records(Asked.class);
    assertThat(asked.get(asked.size() - 1).question().attributes())
        .containsEntry("approval.approver", "bob");
  }

  @Test
  void aPolicyThatDidNotReadTheApprovalDoesNotUseIt() {
    runsAfterApproval(request -> Decision.permit(Policy.BASIS));
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalUsed.class)).isEmpty();
  }

  @Test
  void aPolicyThatReadItDoes() {
    runsAfterApproval(
        request ->
            request.facts().approval() == null
                ? new Decision.NeedsApproval(Policy.BASIS, List.of())
                : Decision.permit(Policy.BASIS));
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalUsed.class)).hasSize(1);
  }
}
