package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateKey;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * A million calls meet their revocation: none begins after its acknowledgement unless that names
 * it. The steps are those of the gate, without what takes time; {@link GateRaceTest} plays it
 * whole.
 */
class RevocationRaceTest {
  private static final Duration DAY = Duration.ofDays(1);
  private final Bench bench = new Bench(Policy.permit());
  private final Task task = bench.task();
  private final ToolCall call = bench.call(task, bench.tool("read"), "{}");

  /** What one round leaves behind; the meeting of the threads makes it visible. */
  private static final class Round {
    final Revocations revocations;
    final RunningCall running;
    volatile boolean acknowledged;
    boolean begun;
    boolean late;
    List<RunningCall> first = List.of();
    List<RunningCall> second = List.of();

    Round(Revocations revocations, RunningCall running) {
      this.revocations = revocations;
      this.running = running;
    }

    /** As the gate does it. */
    boolean begin() {
      revocations.enter(running);
      if (revocations.refuse(running.call()) == null && running.begin() == null) {
        late = acknowledged;
        begun = true;
      }
      return begun;
    }

    void end() {
      if (begun) {
        running.end();
      }
      revocations.leave(running);
    }

    boolean inFlight(List<RunningCall> hit) {
      return hit.contains(running) && running.revokedInFlight() != null;
    }
  }

  private final Round[] batch = new Round[Duel.BATCH];
  private int refused;
  private int inFlight;
  private int endedBefore;

  private void prepare(int round) {
    batch[round % Duel.BATCH] =
        new Round(
            new Revocations(new InMemoryStateStore(GateClock.system()), GateClock.system(), DAY),
            new RunningCall(call));
  }

  private Round at(int round) {
    return batch[round % Duel.BATCH];
  }

  private static void seenOften(int rounds, Integer... outcomes) {
    assertThat(List.of(outcomes)).allSatisfy(seen -> assertThat(seen).isGreaterThan(rounds / 100));
  }

  /** A call that goes on until the round is over either never began, or is named. */
  @Test
  void whatBeganIsNamedByTheAcknowledgement() throws Exception {
    int rounds = 500_000;
    RevocationTarget target = RevocationTarget.task("acme", task.id());
    Duel.rounds(
        rounds,
        this::prepare,
        round -> {
          Round now = at(round);
          same(now.begun, now.inFlight(now.first));
          inFlight += now.begun ? 1 : 0;
          refused += now.begun ? 0 : 1;
        },
        round -> at(round).begin(),
        round -> at(round).first = at(round).revocations.stop(target, ReasonCode.TASK_REVOKED));
    seenOften(rounds, refused, inFlight);
  }

  /** Calls that end at once: whoever begins after the acknowledgement is too late. */
  @Test
  void nothingBeginsAfterTheAcknowledgement() throws Exception {
    int rounds = 500_000;
    RevocationTarget target = RevocationTarget.agent("acme", "agent");
    Duel.rounds(
        rounds,
        this::prepare,
        round -> {
          Round now = at(round);
          boolean named = now.inFlight(now.first);
          same(now.late && !named, false);
          same(named && !now.begun, false);
          inFlight += named ? 1 : 0;
          endedBefore += now.begun && !named ? 1 : 0;
          refused += now.begun ? 0 : 1;
        },
        round -> {
          at(round).begin();
          for (int i = ThreadLocalRandom.current().nextInt(40); i > 0; i--) {
            Thread.onSpinWait();
          }
          at(round).end();
          same(Thread.interrupted(), false);
        },
        round -> {
          Round now = at(round);
          now.first = now.revocations.stop(target, ReasonCode.AGENT_REVOKED);
          now.acknowledged = true;
        });
    seenOften(rounds, refused, endedBefore);
    assertThat(inFlight).isPositive();
  }

  /** Of two who revoke the same, each may rely on its own acknowledgement. */
  @Test
  void bothOfTwoRevocationsHold() throws Exception {
    int rounds = 200_000;
    RevocationTarget target = RevocationTarget.task("acme", task.id());
    Duel.rounds(
        rounds,
        this::prepare,
        round -> {
          Round now = at(round);
          same(now.inFlight(now.first), now.begun);
          same(now.inFlight(now.second), now.begun);
          inFlight += now.begun ? 1 : 0;
          refused += now.begun ? 0 : 1;
        },
        round -> at(round).begin(),
        round -> at(round).first = at(round).revocations.stop(target, ReasonCode.TASK_REVOKED),
        round -> at(round).second = at(round).revocations.stop(target, ReasonCode.TASK_CLOSED));
    seenOften(rounds, refused, inFlight);
  }

  /** What the store holds is known to whoever shares it, or the next start would bring it back. */
  @Test
  void aRestorationAtTheSameTimeOpensNothingThatStaysRevoked() throws Exception {
    int rounds = 50_000;
    RevocationTarget target = RevocationTarget.agent("acme", "agent");
    StateKey key = new StateKey("", "revocation", "AGENT\nacme\nagent");
    InMemoryStateStore[] stores = new InMemoryStateStore[Duel.BATCH];
    Revocations[] here = new Revocations[Duel.BATCH];
    Revocations[] there = new Revocations[Duel.BATCH];
    Duel.rounds(
        rounds,
        round -> {
          int at = round % Duel.BATCH;
          stores[at] = new InMemoryStateStore(GateClock.system());
          here[at] = new Revocations(stores[at], GateClock.system(), DAY);
          there[at] = new Revocations(stores[at], GateClock.system(), DAY);
          revoke(here[at], target);
        },
        round -> {
          int at = round % Duel.BATCH;
          boolean revoked = stores[at].get(key).isPresent();
          // Their messages may cross: then it is closed somewhere, but open nowhere.
          same(revoked && here[at].refuse(task) == null, false);
          same(revoked && there[at].refuse(task) == null, false);
          refused += revoked ? 1 : 0;
          endedBefore += revoked ? 0 : 1;
        },
        round -> revoke(here[round % Duel.BATCH], target),
        round -> here[round % Duel.BATCH].restore(target));
    seenOften(rounds, refused, endedBefore);
  }

  private static void revoke(Revocations revocations, RevocationTarget target) {
    revocations.stop(target, ReasonCode.AGENT_REVOKED);
    revocations.share(target, ReasonCode.AGENT_REVOKED);
  }

  /** Whichever comes first, a revoked call's lease is cut. */
  @Test
  void theLeaseOfARevokedCallIsAlwaysCut() throws Exception {
    int rounds = 200_000;
    RevocationTarget target = RevocationTarget.task("acme", task.id());
    boolean[][] cut = new boolean[2][Duel.BATCH];
    Duel.rounds(
        rounds,
        round -> {
          prepare(round);
          at(round).revocations.enter(at(round).running);
          cut[0][round % Duel.BATCH] = false;
          cut[1][round % Duel.BATCH] = false;
        },
        round -> {
          boolean byCall = cut[0][round % Duel.BATCH];
          boolean byRevocation = cut[1][round % Duel.BATCH];
          same(byCall || byRevocation, true);
          refused += byCall ? 1 : 0;
          endedBefore += byRevocation ? 1 : 0;
        },
        round ->
            at(round)
                .running
                .leased(
                    "l-1",
                    () -> {},
                    () ->
                        cut[Thread.currentThread().getName().equals("part-0") ? 0 : 1][
                                round % Duel.BATCH] =
                            true),
        round ->
            at(round).revocations.stop(target, ReasonCode.TASK_REVOKED).forEach(RunningCall::cut));
    seenOften(rounds, refused, endedBefore);
  }

  /** An assertion library a million times over would be most of the work. */
  private static void same(boolean one, boolean other) {
    if (one != other) {
      throw new AssertionError("expected " + other + ", but it was " + one);
    }
  }
}
