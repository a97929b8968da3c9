package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.Revocations;
import dev.tollgate.guard.RunningCall;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gate that closes lets what runs end, and lets nothing begin. */
class ClosingTest {
  private final Bench bench = new Bench(Policy.permit());
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void itWaitsForTheCallInFlightAndDeniesTheNext() throws Exception {
    ToolGate gate = bench.gate();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<ToolResult> call =
        threads.submit(
            () ->
                gate.call(
                    bench.call("read"),
                    text -> {
                      running.countDown();
                      release.await();
                      return ToolResult.returned("late");
                    }));
    assertThat(running.await(5, TimeUnit.SECONDS)).isTrue();
    Future<?> closing = threads.submit(gate::close);
    while (!gate.isClosed()) {
      Thread.onSpinWait();
    }
    assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.GATE_CLOSED);
    assertThat(closing.isDone()).isFalse();
    release.countDown();
    closing.get(5, TimeUnit.SECONDS);
    assertThat(bench.sink.records(AuditRecord.Outcome.class)).hasSize(1);
    assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo(ToolResult.returned("late"));
  }

  @Test
  void itDoesNotWaitForever() {
    Bench bench = new Bench(Policy.permit());
    try (Revocations revocations =
        new Revocations(new InMemoryStateStore(bench.clock), bench.clock, Duration.ofMinutes(15))) {
      RunningCall one = new RunningCall(bench.call("read"));
      RunningCall two = new RunningCall(bench.call("read"));
      revocations.enter(one);
      revocations.enter(two);
      revocations.leave(one);
      assertThat(revocations.awaitIdle(Duration.ofMillis(20))).isFalse();
      revocations.leave(two);
      assertThat(revocations.awaitIdle(Duration.ZERO)).isTrue();
    }
  }
}
