package dev.tollgate.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever waits for an answer learns of it, and does not wait for what cannot come. */
@Timeout(30)
class AwaitedAnswerTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private final ApprovalBench bench = new ApprovalBench();

  private CompletableFuture<Optional<ApprovalState>> awaited(String id) {
    CompletableFuture<Optional<ApprovalState>> answer = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                answer.complete(bench.desk().await("acme", id, LONG).map(ApprovalRequest::state));
              } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    waiting.setDaemon(true);
    waiting.start();
    return answer;
  }

  @Test
  void aYesAndANoAreLearntAtOnce() throws Exception {
    String yes = bench.waiting();
    var first = awaited(yes);
    assertThat(bench.desk().approve("acme", yes, ApprovalBench.BOB))
        .isInstanceOf(ApprovalAnswer.Taken.class);
    assertThat(first.get(10, TimeUnit.SECONDS)).contains(ApprovalState.APPROVED);
    String no = bench.waiting();
    var second = awaited(no);
    assertThat(bench.desk().reject("acme", no, ApprovalBench.BOB))
        .isInstanceOf(ApprovalAnswer.Taken.class);
    assertThat(second.get(10, TimeUnit.SECONDS)).contains(ApprovalState.REJECTED);
  }

  @Test
  void aRevokedTaskEndsTheWait() throws Exception {
    Task task = bench.bench.task();
    var answer = awaited(bench.waiting(task));
    var unused =
        bench.bench.gate().killSwitch().revoke(RevocationTarget.task("acme", task.id()), "root");
    assertThat(answer.get(10, TimeUnit.SECONDS)).contains(ApprovalState.REVOKED);
  }

  @Test
  void anApprovalThatExpiresOrIsUnknownIsNotWaitedFor() throws Exception {
    assertThat(awaited("no such id").get(10, TimeUnit.SECONDS)).isEmpty();
    String id = bench.waiting();
    var answer = awaited(id);
    bench.bench.clock.pass(Duration.ofMinutes(11));
    assertThat(answer.get(10, TimeUnit.SECONDS)).contains(ApprovalState.PENDING);
  }

  @Test
  void withoutAnAnswerItReturnsWhatThereIs() throws Exception {
    String id = bench.waiting();
    assertThat(bench.desk().await("acme", id, Duration.ofMillis(20)).map(ApprovalRequest::state))
        .contains(ApprovalState.PENDING);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    String id = bench.waiting();
    CompletableFuture<Optional<ApprovalRequest>> answer = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                answer.complete(bench.desk().await("acme", id, LONG));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            });
    waiting.start();
    waiting.interrupt();
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }
}
