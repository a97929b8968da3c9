package dev.tollgate.approval;

import static dev.tollgate.approval.ApprovalBench.BOB;
import static dev.tollgate.approval.ApprovalBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who may answer, and how often. */
class ApproverTest {
  private final ApprovalBench waits = new ApprovalBench();
  private final Task task = waits.bench.task();
  private final String id = waits.waiting(task);

  private void refusedWith(ReasonCode reason, Approver approver) {
    assertThat(refused(waits.desk().approve("acme", id, approver))).isEqualTo(reason);
    assertThat(waits.bench.sink.records(AuditRecord.ApprovalAnswered.class))
        .contains(
            new AuditRecord.ApprovalAnswered(
                id,
                "refuse",
                approver.subject(),
                approver.kind() == Approver.Kind.PERSON,
                approver.actors(),
                reason.code()));
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(waits.bench.runs).hasValue(0);
    assertThat(refused(waits.desk().approve("acme", id, BOB))).as("it still waits").isNull();
  }

  @Test
  void aWorkload() {
    refusedWith(
        ReasonCode.APPROVER_NOT_HUMAN,
        new Approver("acme", "ci-robot", Approver.Kind.WORKLOAD, List.of(), null));
  }

  @Test
  void theAgentThatAsks() {
    refusedWith(ReasonCode.APPROVER_NOT_HUMAN, Approver.person("acme", task.agent().id(), null));
  }

  @Test
  void aPersonWhomAnAgentActsFor() {
    refusedWith(
        ReasonCode.APPROVER_NOT_HUMAN,
        new Approver("acme", "bob", Approver.Kind.PERSON, List.of("office-agent"), null));
  }

  @Test
  void somebodyOfAnotherTenant() {
    refusedWith(ReasonCode.APPROVER_FOREIGN, Approver.person("globex", "bob", null));
    assertThat(refused(waits.desk().approve("globex", id, Approver.person("globex", "b", null))))
        .isEqualTo(ReasonCode.APPROVAL_UNKNOWN);
  }

  @Test
  void theSubjectMayUnlessThePolicyDemandsSomebodyElse() {
    Approver alice = Approver.person("acme", "alice", null);
    assertThat(refused(waits.desk().approve("acme", id, alice))).isNull();
    waits.demand(new Obligation.ApprovedByOther());
    String other = waits.waiting(waits.bench.task());
    assertThat(refused(waits.desk().approve("acme", other, alice)))
        .isEqualTo(ReasonCode.APPROVER_IS_SUBJECT);
    assertThat(refused(waits.desk().approve("acme", other, BOB))).isNull();
  }

  @Test
  void whatTheSubjectApprovedDoesNotRunIfThePolicyWantsSomebodyElseByThen() {
    Approver alice = Approver.person("acme", "alice", null);
    assertThat(refused(waits.desk().approve("acme", id, alice))).isNull();
    waits.demand(new Obligation.ApprovedByOther());
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVER_IS_SUBJECT);
    assertThat(waits.denied(task, ApprovalBench.ARGUMENTS).reason())
        .isEqualTo(ReasonCode.APPROVER_IS_SUBJECT);
    assertThat(waits.bench.runs).hasValue(0);
  }

  @Test
  void nobodyAnswersTwice() {
    assertThat(refused(waits.desk().reject("acme", id, BOB))).isNull();
    assertThat(refused(waits.desk().approve("acme", id, BOB)))
        .isEqualTo(ReasonCode.APPROVAL_ANSWERED);
    assertThat(waits.resumed(id)).isEqualTo(ReasonCode.APPROVAL_REJECTED);
  }

  @Test
  void ofAHundredAnswersAtOnceOneCounts() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    together(
        100,
        () -> {
          ApprovalAnswer answer = waits.desk().approve("acme", id, BOB);
          if (answer instanceof ApprovalAnswer.Taken) {
            taken.incrementAndGet();
          } else if (refused(answer) == ReasonCode.APPROVAL_ANSWERED) {
            late.incrementAndGet();
          }
        });
    assertThat(taken).hasValue(1);
    assertThat(late).hasValue(99);
  }

  @Test
  void ofAHundredResumesAtOnceOneRuns() throws Exception {
    assertThat(refused(waits.desk().approve("acme", id, BOB))).isNull();
    AtomicInteger used = new AtomicInteger();
    together(
        100,
        () -> {
          if (waits.resumed(id) == ReasonCode.APPROVAL_USED) {
            used.incrementAndGet();
          }
        });
    assertThat(waits.bench.runs).hasValue(1);
    assertThat(used).hasValue(99);
  }

  static void together(int count, Runnable work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<java.util.concurrent.Future<?>> all = new java.util.ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  work.run();
                  return null;
                }));
      }
      start.countDown();
      for (var one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
