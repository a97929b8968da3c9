package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that runs when it is revoked is cancelled as far as that goes, and said to be. */
class InFlightTest {
  private final Bench bench = new Bench(Policy.permit());
  private final Task task = bench.task();
  private final RevocationTarget target = RevocationTarget.task("acme", task.id());
  private final ExecutorService one = Executors.newSingleThreadExecutor();
  private final CountDownLatch running = new CountDownLatch(1);

  @AfterEach
  void stop() {
    one.shutdownNow();
  }

  private ToolResult call(ToolBody body) {
    return bench.gate().call(bench.call(task, bench.tool("read"), "{}"), body);
  }

  private Revocation revoke() {
    return bench.gate().killSwitch().revoke(target, "root");
  }

  private static ToolResult forever() throws InterruptedException {
    new CountDownLatch(1).await();
    return ToolResult.returned("never");
  }

  private Future<ToolResult> started(ToolBody body) throws InterruptedException {
    Future<ToolResult> call =
        one.submit(
            () ->
                call(
                    text -> {
                      running.countDown();
                      return body.run(text);
                    }));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    return call;
  }

  private void revokedInFlight(Future<ToolResult> call) throws Exception {
    assertThat(Bench.reason(call.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(states()).containsExactly("revoked_in_flight");
  }

  private List<String> states() {
    return bench.sink.records(AuditRecord.Outcome.class).stream()
        .map(AuditRecord.Outcome::state)
        .toList();
  }

  @Test
  void itIsInterruptedAndNamedInTheAcknowledgement() throws Exception {
    Future<ToolResult> call = started(text -> forever());
    Revocation done = revoke();
    revokedInFlight(call);
    assertThat(done.inFlight())
        .singleElement()
        .satisfies(id -> assertThat(id).isEqualTo(bench.sink.entries.get(0).callId()));
    assertThat(bench.sink.records(AuditRecord.Revoked.class).get(0).inFlight()).isEqualTo(1);
  }

  @Test
  void whatItBringsBackAllTheSameIsWithheld() throws Exception {
    CountDownLatch revoked = new CountDownLatch(1);
    Future<ToolResult> call =
        started(
            text -> {
              boolean open = true;
              while (open) {
                try {
                  open = !revoked.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  // a tool that does not let itself be interrupted
                }
              }
              return ToolResult.returned("secret");
            });
    revoke();
    revoked.countDown();
    revokedInFlight(call);
  }

  @Test
  void aDenialFromInsideItDoesNotHideThatItWasRevoked() throws Exception {
    Future<ToolResult> call =
        started(
            text -> {
              try {
                return forever();
              } catch (InterruptedException e) {
                return call(inner -> ToolResult.returned("inner"));
              }
            });
    revoke();
    assertThat(Bench.reason(call.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(states()).containsExactly("revoked_in_flight");
  }

  @Test
  void theThreadsNextWorkIsNotInterrupted() throws Exception {
    Future<ToolResult> swallowed =
        started(
            text -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              return ToolResult.returned("x");
            });
    revoke();
    revokedInFlight(swallowed);
    assertThat(one.submit(Thread::interrupted).get()).isFalse();
    Task other = bench.task();
    assertThat(
            one.submit(
                    () ->
                        bench
                            .gate()
                            .call(bench.call(other, bench.tool("read"), "{}"), bench.body()))
                .get())
        .isEqualTo(ToolResult.returned("done"));
  }

  /** An interrupt of the application's own is not the gate's to take away. */
  @Test
  void anInterruptOfSomebodyElseStays() throws Exception {
    Future<Boolean> after =
        one.submit(
            () -> {
              call(
                  text -> {
                    Thread.currentThread().interrupt();
                    return ToolResult.returned("x");
                  });
              return Thread.interrupted();
            });
    assertThat(after.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallAroundACallIsInterruptedToo() throws Exception {
    List<String> ends = new ArrayList<>();
    Future<ToolResult> outer =
        one.submit(
            () ->
                call(
                    text -> {
                      ends.add(
                          String.valueOf(
                              Bench.reason(
                                  call(
                                      inner -> {
                                        running.countDown();
                                        return forever();
                                      }))));
                      return forever();
                    }));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    Revocation done = revoke();
    assertThat(Bench.reason(outer.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(done.inFlight()).hasSize(2);
    assertThat(ends).containsExactly("REVOKED_IN_FLIGHT");
    assertThat(states()).containsExactly("revoked_in_flight", "revoked_in_flight");
    assertThat(one.submit(Thread::interrupted).get()).isFalse();
  }

  @Test
  void aToolCanRevokeItsOwnTask() {
    List<Revocation> done = new ArrayList<>();
    List<Boolean> interrupted = new ArrayList<>();
    ToolResult result =
        call(
            text -> {
              done.add(revoke());
              interrupted.add(Thread.currentThread().isInterrupted());
              return ToolResult.returned("x");
            });
    assertThat(Bench.reason(result)).isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(done.get(0).inFlight()).hasSize(1);
    assertThat(interrupted).containsExactly(true);
    assertThat(Thread.interrupted()).isFalse();
  }

  /** A store or an audit on a file channel would fail on an interrupted thread. */
  @Test
  void theInterruptDoesNotReachTheRevocationItself() {
    List<Boolean> seen = new ArrayList<>();
    KillSwitch[] killSwitch = new KillSwitch[1];
    try (Revocations revocations =
        new Revocations(
            new dev.tollgate.state.InMemoryStateStore(bench.clock),
            bench.clock,
            java.time.Duration.ofMinutes(15))) {
      killSwitch[0] =
          new KillSwitch(
              revocations,
              hit -> {
                seen.add(Thread.currentThread().isInterrupted());
                return 0;
              },
              bench.sink,
              bench.clock);
      RunningCall own =
          new RunningCall(
              bench
                  .gate()
                  .propose(new Proposal(task, bench.tool("read"), "{}", null, SpanOwner.GATE)));
      revocations.enter(own);
      assertThat(own.begin()).isNull();
      killSwitch[0].revoke(target, "root");
      assertThat(seen).containsExactly(false);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      own.end();
      revocations.leave(own);
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anErrorOfTheToolIsRecordedAsRevoked() throws Exception {
    Future<ToolResult> call =
        started(
            text -> {
              try {
                return forever();
              } catch (InterruptedException e) {
                throw new LinkageError("x", e);
              }
            });
    revoke();
    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(LinkageError.class);
    assertThat(states()).containsExactly("revoked_in_flight");
  }

  @Test
  void whatHasEndedIsNotInFlight() {
    assertThat(call(text -> ToolResult.returned("x"))).isEqualTo(ToolResult.returned("x"));
    assertThat(revoke().inFlight()).isEmpty();
    assertThat(states()).containsExactly("returned");
  }

  @Test
  void aCallOfAnotherTaskRunsOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<ToolResult> call =
        started(
            text -> {
              release.await();
              return ToolResult.returned("x");
            });
    Revocation done =
        bench.gate().killSwitch().revoke(RevocationTarget.task("acme", "another"), "root");
    assertThat(done.inFlight()).isEmpty();
    release.countDown();
    assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(ToolResult.returned("x"));
  }
}
