package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.Revocation;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is revoked loses its credentials, wherever its calls stand. */
class RevokedLeaseTest {
  @TempDir Path folder;
  private final FakeIssuer fake = new FakeIssuer();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Bench bench = new Bench(Policy.permit());
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile Runnable whenIssued = () -> {};
  private volatile Runnable whenRevoked = () -> {};

  @BeforeEach
  void setUp() {
    CredentialIssuer issuer =
        new CredentialIssuer() {
          @Override
          public IssuedCredential issue(CredentialRequest request) throws CredentialException {
            IssuedCredential issued = fake.issue(request);
            whenIssued.run();
            return issued;
          }

          @Override
          public void revoke(Secret token) throws CredentialException {
            whenRevoked.run();
            fake.revoke(token);
          }

          @Override
          public String name() {
            return "fake";
          }
        };
    bench.builder.credentials(issuer, new FolderOutbox(folder, bench.keys));
  }

  @AfterEach
  void stop() {
    release.countDown();
    threads.shutdownNow();
  }

  private Revocation revoke(Task task) {
    return bench.gate().killSwitch().revoke(RevocationTarget.task("acme", task.id()), "root");
  }

  private ToolResult pay(Task task, dev.tollgate.ToolBody body) {
    return bench.gate().call(bench.call(task, bench.tool("pay"), "{}"), body);
  }

  private static boolean usable(CallCredential credential) {
    try {
      return credential.bearer(SecretAccess.granted(), Bench.BANK, token -> true);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** A body that ignores the interrupt, and says what it saw of its credential after it. */
  private ToolResult stubborn(List<Boolean> usable) {
    CallCredential credential = CallCredential.current().orElseThrow();
    usable.add(usable(credential));
    running.countDown();
    boolean waiting = true;
    while (waiting) {
      try {
        waiting = !release.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // goes on
      }
    }
    usable.add(usable(credential));
    usable.add(CallCredential.current().isPresent());
    return ToolResult.returned("paid");
  }

  private List<String> ends() {
    return bench.sink.records(AuditRecord.CredentialEnded.class).stream()
        .map(AuditRecord.CredentialEnded::end)
        .toList();
  }

  @Test
  void aCallRevokedWhileItsCredentialIsIssuedNeverRuns() {
    Task task = bench.task();
    whenIssued = () -> assertThat(revoke(task).inFlight()).isEmpty();
    assertThat(Bench.reason(pay(task, bench.body()))).isEqualTo(ReasonCode.TASK_REVOKED);
    assertThat(bench.runs).hasValue(0);
    assertThat(fake.revoked).containsExactly("token-1");
    assertThat(ends()).containsExactly("revoked");
    assertThat(bench.sink.kinds())
        .containsSubsequence("revoked", "credential_issued", "refused", "credential_ended")
        .doesNotContain("outcome");
  }

  /** The same while a slow token server holds the call up, and the agent is let go on meanwhile. */
  @Test
  void aCallThatWasOnItsWayStaysRevokedWhenItsAgentIsRestored() {
    Task task = bench.task();
    RevocationTarget agent = RevocationTarget.agent("acme", "agent");
    whenIssued =
        () -> {
          bench.gate().killSwitch().revoke(agent, "root");
          bench.gate().killSwitch().restore(agent, "root");
        };
    assertThat(Bench.reason(pay(task, bench.body()))).isEqualTo(ReasonCode.AGENT_REVOKED);
    assertThat(bench.runs).hasValue(0);
    whenIssued = () -> {};
    assertThat(pay(task, bench.body())).isEqualTo(ToolResult.returned("done"));
  }

  @Test
  void inFlightItEndsBeforeTheAcknowledgement() throws Exception {
    Task task = bench.task();
    List<Boolean> usable = new ArrayList<>();
    Future<ToolResult> call = threads.submit(() -> pay(task, text -> stubborn(usable)));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(revoke(task).inFlight()).hasSize(1);
    assertThat(fake.revoked).containsExactly("token-1");
    assertThat(call.isDone()).isFalse();
    release.countDown();
    assertThat(Bench.reason(call.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(usable).containsExactly(true, false, false);
    assertThat(fake.revoked).containsExactly("token-1");
    assertThat(ends()).containsExactly("revoked");
    assertThat(new FolderOutbox(folder, bench.keys).pending()).isEmpty();
  }

  @Test
  void oneLeaseCanBeRevokedAlone() throws Exception {
    Task task = bench.task();
    List<Boolean> usable = new ArrayList<>();
    Future<ToolResult> call = threads.submit(() -> pay(task, text -> stubborn(usable)));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    String lease = bench.sink.records(AuditRecord.CredentialIssued.class).get(0).lease();
    assertThat(
            bench
                .gate()
                .killSwitch()
                .revoke(RevocationTarget.lease("other", lease), "root")
                .inFlight())
        .isEmpty();
    assertThat(fake.revoked).isEmpty();
    Revocation done =
        bench.gate().killSwitch().revoke(RevocationTarget.lease("acme", lease), "root");
    assertThat(done.inFlight()).hasSize(1);
    assertThat(fake.revoked).containsExactly("token-1");
    release.countDown();
    assertThat(Bench.reason(call.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    assertThat(pay(task, bench.body())).isEqualTo(ToolResult.returned("done"));
  }

  /** Whoever revokes from inside the call runs on its thread, which is interrupted. */
  @Test
  void aToolThatRevokesItselfDoesNotStopTheTokenServer() {
    Task task = bench.task();
    pay(
        task,
        text -> {
          revoke(task);
          return ToolResult.returned("x");
        });
    assertThat(fake.wasInterrupted).isFalse();
    assertThat(ends()).containsExactly("revoked");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aTokenServerThatFailsIsAskedAgain() throws Exception {
    Task task = bench.task();
    fake.failRevocations.set(1);
    List<Boolean> usable = new ArrayList<>();
    Future<ToolResult> call = threads.submit(() -> pay(task, text -> stubborn(usable)));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(revoke(task).inFlight()).hasSize(1);
    release.countDown();
    call.get(10, TimeUnit.SECONDS);
    assertThat(ends()).containsExactly("revocation_pending");
    assertThat(usable).containsExactly(true, false, false);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (fake.revoked.isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(fake.revoked).containsExactly("token-1");
  }

  /** Before any token server is asked, everything has been stopped, told and recorded. */
  @Test
  void aSlowTokenServerHoldsNothingUp() throws Exception {
    InMemoryStateStore store = new InMemoryStateStore(bench.clock);
    bench.builder.state(store);
    Bench other = new Bench(Policy.permit());
    other.builder.state(store);
    other.gate();
    Task task = bench.task();
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    List<CallCredential> credentials = new java.util.concurrent.CopyOnWriteArrayList<>();
    CountDownLatch interrupted = new CountDownLatch(2);
    whenRevoked =
        () -> {
          asked.countDown();
          try {
            answers.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    for (int i = 0; i < 2; i++) {
      var unused =
          threads.submit(
              () ->
                  pay(
                      task,
                      text -> {
                        credentials.add(CallCredential.current().orElseThrow());
                        both.countDown();
                        try {
                          release.await();
                        } catch (InterruptedException e) {
                          interrupted.countDown();
                        }
                        return ToolResult.returned("x");
                      }));
    }
    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
    Future<Revocation> revoking = threads.submit(() -> revoke(task));
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(credentials).noneMatch(RevokedLeaseTest::usable);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!bench.sink.kinds().contains("revoked") && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(bench.sink.kinds()).contains("revoked");
    assertThat(
            Bench.reason(
                other.gate().call(other.call(task, other.tool("read"), "{}"), other.body())))
        .isEqualTo(ReasonCode.TASK_REVOKED);
    assertThat(revoking.isDone()).isFalse();
    answers.countDown();
    assertThat(revoking.get(10, TimeUnit.SECONDS).inFlight()).hasSize(2);
    assertThat(fake.revoked).containsExactlyInAnyOrder("token-1", "token-2");
  }

  @Test
  void aSecretThatEndedSaysNothing() {
    Secret secret = Secret.of("token");
    secret.wipe();
    assertThatThrownBy(() -> secret.reveal(SecretAccess.granted(), text -> text))
        .isInstanceOf(IllegalStateException.class);
  }
}
