package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The whole gate against the whole kill switch: dispatch, result, audit and acknowledgement agree.
 */
class GateRaceTest {
  private static final int ROUNDS = 30_000;
  private final Bench bench = new Bench(Policy.permit());
  private int denied;
  private int inFlight;
  private int returned;

  private static final class Round {
    final ToolCall call;
    final Task task;
    volatile boolean acknowledged;
    volatile @Nullable String outcome;
    volatile @Nullable Revocation revocation;
    volatile @Nullable ToolResult result;
    volatile boolean began;
    volatile boolean late;

    Round(ToolCall call, Task task) {
      this.call = call;
      this.task = task;
    }
  }

  private final Round[] batch = new Round[Duel.BATCH];
  private volatile @Nullable Round playing;

  /** Keeps nothing but how the round's call ended. */
  private final class Outcomes implements AuditSink {
    @Override
    public void append(List<AuditEntry> entries) {
      for (AuditEntry entry : entries) {
        Round now = playing;
        if (now != null && entry.record() instanceof AuditRecord.Outcome outcome) {
          now.outcome = outcome.state();
        }
      }
    }

    @Override
    public void close() {}
  }

  private void prepare(int round) {
    Task task = bench.task();
    batch[round % Duel.BATCH] = new Round(bench.call(task, bench.tool("read"), "{}"), task);
  }

  private void run(ToolGate gate, Round now) {
    playing = now;
    now.result =
        gate.call(
            now.call,
            text -> {
              now.late = now.acknowledged;
              now.began = true;
              // Every other one lasts until it is revoked, or nearly so.
              int patience = ThreadLocalRandom.current().nextBoolean() ? 20_000 : 20;
              for (int i = patience; i > 0 && !Thread.currentThread().isInterrupted(); i--) {
                Thread.onSpinWait();
              }
              return ToolResult.returned("done");
            });
    if (Thread.interrupted()) {
      throw new AssertionError("the interrupt outlived the call");
    }
  }

  private void check(Round now) {
    ToolResult result = now.result;
    Revocation revocation = now.revocation;
    assertThat(result).isNotNull();
    assertThat(revocation).isNotNull();
    if (result == null || revocation == null) {
      return;
    }
    ReasonCode reason = Bench.reason(result);
    boolean named = revocation.inFlight().contains(now.call.id());
    assertThat(now.late && !named).isFalse();
    assertThat(named).isEqualTo(reason == ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(now.began).isEqualTo(reason != ReasonCode.TASK_CLOSED);
    if (!now.began) {
      assertThat(now.outcome).isNull();
      denied++;
    } else if (named) {
      assertThat(now.outcome).isEqualTo("revoked_in_flight");
      inFlight++;
    } else {
      assertThat(now.outcome).isEqualTo("returned");
      assertThat(result).isEqualTo(ToolResult.returned("done"));
      returned++;
    }
  }

  @Test
  void theyAgreeInEveryRound() throws Exception {
    bench.builder.audit(new Outcomes());
    ToolGate gate = bench.gate();
    Duel.rounds(
        ROUNDS,
        this::prepare,
        round -> check(batch[round % Duel.BATCH]),
        round -> run(gate, batch[round % Duel.BATCH]),
        round -> {
          Round now = batch[round % Duel.BATCH];
          // A call takes far longer than a revocation; now and then it gets a start.
          for (int i = ThreadLocalRandom.current().nextInt(8) * 500; i > 0; i--) {
            Thread.onSpinWait();
          }
          now.revocation = gate.killSwitch().end(now.task);
          now.acknowledged = true;
        });
    assertThat(List.of(denied, inFlight, returned))
        .allSatisfy(seen -> assertThat(seen).isGreaterThan(ROUNDS / 100));
  }
}
