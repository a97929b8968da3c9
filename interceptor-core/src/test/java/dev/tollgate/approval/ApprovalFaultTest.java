package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.ALICE;
import static dev.tollgate.approval.ApprovalBench.ARGUMENTS;
import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import dev.tollgate.ToolResult;
import dev.tollgate.fixture.Bench;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks around approvals: a restart, a store, an audit, somebody who asks too much. */
class ApprovalFaultTest {
  @TempDir Path folder;

  @Test
  void anApprovalSurvivesARestartAndRunsOnceThere() throws IOException {
    ApprovalBench before = new ApprovalBench();
    Path file = folder.resolve("state.log");
    String approved;
    String waiting;
    try (StateStore state = FileStateStore.open(file, before.bench.clock)) {
      before.bench.builder.state(state);
      approved = before.approved();
      waiting = before.waiting();
      before.bench.gate().close();
    }
    assertThat(Files.readString(file)).doesNotContain("alice", "Pay the bill", "\"x\"");
    ApprovalBench after = new ApprovalBench();
    after.bench.clock.wall = before.bench.clock.wall.plusSeconds(20);
    try (StateStore state = FileStateStore.open(file, after.bench.clock)) {
      after.bench.builder.state(state).keys(before.bench.keys);
      assertThat(after.desk().pending("acme"))
          .extracting(ApprovalRequest::id)
          .containsExactly(waiting);
      assertThat(after.resume(approved)).isEqualTo(ToolResult.returned("done"));
      assertThat(after.bench.arguments).containsExactly("{\"a\":\"x\",\"b\":1}");
      assertThat(after.resumed(approved)).isEqualTo(ReasonCode.APPROVAL_USED);
      assertThat(refused(after.desk().approve("acme", waiting, BOB))).isNull();
      assertThat(after.resumed(waiting)).isNull();
      assertThat(after.bench.runs).hasValue(2);
    }
  }

  @Test
  void withOtherKeysNothingStoredCanBeRead() {
    ApprovalBench before = new ApprovalBench();
    StateStore state = new InMemoryStateStore(before.bench.clock);
    before.bench.builder.state(state);
    String approved = before.approved();
    ApprovalBench after = new ApprovalBench();
    after.bench.builder.state(state);
    assertThat(after.resumed(approved)).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(after.bench.runs).hasValue(0);
  }

  @Test
  void aStoreThatFailsDenies() {
    ApprovalBench waits = new ApprovalBench();
    StateStore state = spy(new InMemoryStateStore(waits.bench.clock));
    waits.bench.builder.state(state);
    Task task = waits.bench.task();
    String approved = waits.approved(task);
    String waiting = waits.waiting();

    doThrow(new StateException("told to fail")).when(state).replace(any(), any(), any());
    assertThat(waits.resumed(approved)).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(refused(waits.desk().approve("acme", waiting, BOB)))
        .isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);

    doThrow(new StateException("told to fail")).when(state).get(any());
    assertThat(waits.denied(task, ARGUMENTS).reason()).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.resumed(approved)).isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.bench.runs).hasValue(0);
  }

  @Test
  void aStoreThatFailsHalfWayThroughFilingLeavesNothingToApprove() {
    ApprovalBench waits = new ApprovalBench();
    StateStore state = spy(new InMemoryStateStore(waits.bench.clock));
    waits.bench.builder.state(state);
    waits.bench.gate();
    doThrow(new StateException("told to fail"))
        .when(state)
        .putIfAbsent(
            org.mockito.ArgumentMatchers.argThat(
                key -> key != null && key.room().equals("approval")),
            any(),
            any());
    assertThat(waits.denied(waits.bench.task(), ARGUMENTS).reason())
        .isEqualTo(ReasonCode.APPROVAL_UNAVAILABLE);
    assertThat(waits.desk().pending("acme")).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeRecordedDoesNotCount() {
    ApprovalBench waits = new ApprovalBench();
    String id = waits.waiting();
    waits.bench.sink.failing = true;
    assertThat(refused(waits.desk().approve("acme", id, BOB)))
        .isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    waits.bench.sink.failing = false;
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REVOKED);
    assertThat(waits.bench.runs).hasValue(0);
  }

  @Test
  void aQuestionOrAUseThatCannotBeRecordedIsDenied() {
    ApprovalBench waits = new ApprovalBench();
    String id = waits.approved();
    waits.bench.sink.failing = true;
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    assertThat(waits.denied(waits.bench.task(), ARGUMENTS).reason())
        .isEqualTo(ReasonCode.AUDIT_UNAVAILABLE);
    waits.bench.sink.failing = false;
    assertThat(waits.desk().pending("acme")).isEmpty();
    assertThat(waits.resumed(id))
        .as("used up, though it never ran")
        .isEqualTo(ReasonCode.APPROVAL_USED);
    assertThat(waits.bench.runs).hasValue(0);
  }

  @Test
  void oneSubjectCannotAskForMoreThanItMay() {
    ApprovalBench waits = new ApprovalBench();
    waits.bench.builder.approvals(3, Duration.ofMinutes(10));
    String first = waits.waiting();
    waits.waiting();
    waits.waiting();
    assertThat(waits.denied(waits.bench.task(), ARGUMENTS).reason())
        .isEqualTo(ReasonCode.APPROVAL_LIMIT);
    Task carols =
        waits.bench.gate().startTask(Intent.human("x"), null, Caller.of("acme", "carol"), null);
    assertThat(waits.waiting(carols)).as("another subject has slots of its own").isNotEmpty();
    assertThat(refused(waits.desk().reject("acme", first, BOB))).isNull();
    assertThat(waits.waiting()).as("an answer frees one").isNotEmpty();
    waits.bench.clock.pass(Duration.ofMinutes(11));
    assertThat(waits.waiting()).as("and so does the end").isNotEmpty();
  }

  @Test
  void tenThousandThatWaitTakeNoThreadAndLittleMemory() {
    ApprovalBench waits = new ApprovalBench();
    Bench bench = waits.bench;
    bench.builder.approvals(20, Duration.ofMinutes(10));
    waits.denied(bench.task(), ARGUMENTS); // loads what is loaded once
    bench.sink.entries.clear();
    int threads = Thread.activeCount();
    long before = used();
    for (int i = 0; i < 10_000; i++) {
      Task task =
          bench
              .gate()
              .startTask(
                  Intent.human("Please pay invoice " + i + " to the landlord, as every month."),
                  null,
                  Caller.of("acme", "user-" + i / 20),
                  null);
      String arguments =
          "{\"recipient\":\"Landlord\",\"iban\":\"DE02120300000000202051\",\"amount\":900,\"reference\":\""
              + i
              + "\"}";
      waits.denied(task, arguments);
      bench.sink.entries.clear(); // the audit is a file elsewhere
    }
    long megabytes = (used() - before) / 1_000_000;
    assertThat(waits.desk().pending("acme")).hasSize(10_001);
    assertThat(megabytes).as("megabytes for 10,000").isLessThanOrEqualTo(30);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    System.out.println("10,000 pending approvals take " + megabytes + " MB");
    assertThat(waits.bench.gate().resume("x", ALICE, bench.tool("read"), bench.body()))
        .isInstanceOf(ToolResult.Denied.class);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
