package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An approval is for one call, and each way to use it for another has a reason of its own. */
class ApprovalBindingTest {
  private final ApprovalBench waits = new ApprovalBench();
  private final Bench bench = waits.bench;
  private final Task task = bench.task();
  private final String id = waits.approved(task);

  private Task like(Caller caller, String agent, String taskId) {
    return new Task(
        taskId,
        new Conversation(caller.tenant(), task.conversation().id()),
        caller,
        AgentIdentity.of(agent),
        task.intent(),
        task.intentDigest(),
        task.environment(),
        task.startedAt(),
        task.deadlineNanos());
  }

  private void refusedFor(ReasonCode reason, Task with, String tool, String arguments) {
    assertThat(waits.presented(id, with, bench.tool(tool), arguments)).isEqualTo(reason);
    assertThat(bench.runs).hasValue(0);
    assertThat(waits.resumed(id)).as("the approval is still good for its own call").isNull();
  }

  @Test
  void changedArguments() {
    refusedFor(ReasonCode.APPROVAL_ARGUMENTS_CHANGED, task, "read", "{\"a\":\"x\",\"b\":2}");
  }

  @Test
  void theSameArgumentsWrittenOtherwiseAreTheSame() {
    assertThat(waits.presented(id, task, bench.tool("read"), "{ \"a\" : \"x\", \"b\" : 1.0 }"))
        .isNull();
  }

  @Test
  void anotherTool() {
    refusedFor(ReasonCode.APPROVAL_TOOL_CHANGED, task, "write", ARGUMENTS);
  }

  @Test
  void aChangedDefinition() {
    var changed = bench.gate().describe(new ToolDefinition("read", "now it deletes", "{}", "test"));
    assertThat(waits.presented(id, task, changed, ARGUMENTS))
        .isEqualTo(ReasonCode.APPROVAL_TOOL_CHANGED);
    assertThat(Bench.reason(bench.gate().resume(id, ApprovalBench.ALICE, changed, bench.body())))
        .isEqualTo(ReasonCode.APPROVAL_TOOL_CHANGED);
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void anotherSubject() {
    Caller mallory = Caller.of("acme", "mallory");
    assertThat(Bench.reason(bench.gate().resume(id, mallory, bench.tool("read"), bench.body())))
        .isEqualTo(ReasonCode.APPROVAL_SUBJECT_CHANGED);
    refusedFor(
        ReasonCode.APPROVAL_SUBJECT_CHANGED,
        like(mallory, task.agent().id(), task.id()),
        "read",
        ARGUMENTS);
  }

  @Test
  void anotherTenantDoesNotEvenFindIt() {
    Caller foreign = Caller.of("globex", "alice");
    assertThat(Bench.reason(bench.gate().resume(id, foreign, bench.tool("read"), bench.body())))
        .isEqualTo(ReasonCode.APPROVAL_UNKNOWN);
    refusedFor(
        ReasonCode.APPROVAL_UNKNOWN,
        like(foreign, task.agent().id(), task.id()),
        "read",
        ARGUMENTS);
  }

  @Test
  void anotherAgent() {
    refusedFor(
        ReasonCode.APPROVAL_AGENT_CHANGED,
        like(ApprovalBench.ALICE, "other", task.id()),
        "read",
        ARGUMENTS);
  }

  @Test
  void anotherTask() {
    refusedFor(ReasonCode.APPROVAL_TASK_CHANGED, bench.task(), "read", ARGUMENTS);
  }

  @Test
  void otherPolicies() {
    waits.policy.revision = "r2";
    waits.answer =
        request -> new Decision.NeedsApproval(new Basis("test", "r2", List.of()), List.of());
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_POLICY_CHANGED);
    String anew = waits.waiting(task);
    assertThat(anew).as("asked again under the new ones").isNotEqualTo(id);
    assertThat(waits.resumed(id)).isNotNull();
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void otherPoliciesWhileItWaits() {
    Task other = bench.task();
    String pending = waits.waiting(other);
    waits.policy.revision = "r2";
    waits.answer =
        request -> new Decision.NeedsApproval(new Basis("test", "r2", List.of()), List.of());
    assertThat(waits.waiting(other)).isNotEqualTo(pending);
    assertThat(ApprovalBench.refused(waits.desk().approve("acme", pending, ApprovalBench.BOB)))
        .isEqualTo(ReasonCode.APPROVAL_REVOKED);
  }

  @Test
  void anIdThatWasMadeUp() {
    assertThat(waits.resumed("00000000-0000-0000-0000-000000000000"))
        .isEqualTo(ReasonCode.APPROVAL_UNKNOWN);
    int asked = waits.asked.get();
    assertThat(
            Bench.reason(
                bench
                    .gate()
                    .resume("made-up", ApprovalBench.ALICE, Tool.unknown("x", "y"), bench.body())))
        .as("there is nothing to ask about")
        .isEqualTo(ReasonCode.APPROVAL_UNKNOWN);
    assertThat(waits.asked).hasValue(asked);
    assertThat(bench.sink.records(AuditRecord.Decided.class))
        .anyMatch(decided -> decided.reason().equals("approval_unknown"));
    assertThat(bench.runs).hasValue(0);
  }

  @Test
  void aClockSetBack() {
    bench.clock.wall = bench.clock.wall.minus(Duration.ofMinutes(1));
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.CLOCK_SET_BACK);
    assertThat(ApprovalBench.refused(waits.desk().approve("acme", id, ApprovalBench.BOB)))
        .isEqualTo(ReasonCode.CLOCK_SET_BACK);
    assertThat(bench.runs).hasValue(0);
  }
}
