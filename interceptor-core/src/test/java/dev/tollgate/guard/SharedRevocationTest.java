package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import dev.tollgate.Denial;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalState;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Revocations reach other gates, the next start, the approvals and the audit, or say so. */
class SharedRevocationTest {
  private static final RevocationTarget AGENT = RevocationTarget.agent("acme", "agent");
  private static final String TOPIC = "tollgate.revocations";
  @TempDir Path folder;
  private final Bench here = new Bench(Policy.permit());
  private final Bench there = new Bench(Policy.permit());

  private static @Nullable ReasonCode next(Bench bench, Task task) {
    return Bench.reason(
        bench.gate().call(bench.call(task, bench.tool("read"), "{}"), bench.body()));
  }

  private void share(StateStore store) {
    here.builder.state(store);
    there.builder.state(store);
    here.gate();
    there.gate();
  }

  private Revocation revoke(RevocationTarget target) {
    return here.gate().killSwitch().revoke(target, "root");
  }

  @Test
  void anotherGateStopsToo() throws Exception {
    share(new InMemoryStateStore(here.clock));
    Task task = there.task();
    assertThat(next(there, task)).isNull();
    ExecutorService one = Executors.newSingleThreadExecutor();
    CountDownLatch running = new CountDownLatch(1);
    Future<ToolResult> call =
        one.submit(
            () ->
                there
                    .gate()
                    .call(
                        there.call(task, there.tool("read"), "{}"),
                        text -> {
                          running.countDown();
                          new CountDownLatch(1).await();
                          return ToolResult.returned("never");
                        }));
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    revoke(AGENT);
    assertThat(Bench.reason(call.get(10, TimeUnit.SECONDS)))
        .isEqualTo(ReasonCode.REVOKED_IN_FLIGHT);
    one.shutdown();
    assertThat(next(there, task)).isEqualTo(ReasonCode.AGENT_REVOKED);
    here.gate().killSwitch().restore(AGENT, "root");
    assertThat(next(there, task)).isNull();
    assertThat(next(here, here.task())).isNull();
  }

  @Test
  void aGateThatStartsLaterKnowsToo() {
    InMemoryStateStore store = new InMemoryStateStore(here.clock);
    here.builder.state(store);
    there.builder.state(store);
    revoke(RevocationTarget.subject("acme", "alice\nof two lines"));
    revoke(AGENT);
    assertThat(next(there, there.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  /** Also the reason: a closed task stays a closed one. */
  @Test
  void aRestartForgetsNothing() {
    Path file = folder.resolve("state.log");
    Task closed;
    try (StateStore store = FileStateStore.open(file, here.clock)) {
      here.builder.state(store);
      closed = here.task();
      here.gate().killSwitch().end(closed);
      revoke(RevocationTarget.tenant("other"));
      revoke(AGENT);
      here.gate().killSwitch().restore(AGENT, "root");
      here.gate().close();
    }
    try (StateStore store = FileStateStore.open(file, there.clock)) {
      there.builder.state(store);
      assertThat(next(there, closed)).isEqualTo(ReasonCode.TASK_CLOSED);
      assertThat(next(there, there.task())).isNull();
      there.gate().close();
    }
  }

  @Test
  void oneThatCannotBeReadStopsTheStart() {
    for (String unreadable : List.of("?", "AGENT\nacme", "TENANT\nacme\nx", "AGENT\nacme\n")) {
      InMemoryStateStore store = new InMemoryStateStore(here.clock);
      store.putIfAbsent(
          new StateKey("", "revocation", unreadable), "AGENT_REVOKED", Duration.ofDays(1));
      assertThatThrownBy(() -> new Bench(Policy.permit()).builder.state(store).build())
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aReasonOfAnotherVersionStillRevokes() {
    InMemoryStateStore store = new InMemoryStateStore(here.clock);
    store.putIfAbsent(
        new StateKey("", "revocation", "AGENT\nacme\nagent"), "SOMETHING_NEW", Duration.ofDays(1));
    here.builder.state(store);
    assertThat(next(here, here.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  @Test
  void aMessageNobodyUnderstandsChangesNothing() {
    InMemoryStateStore store = new InMemoryStateStore(here.clock);
    share(store);
    for (String message :
        List.of("", "+", "+AGENT_REVOKED ?", "- ?", "x", " ", "+X TENANT\na\nb")) {
      store.publish(TOPIC, message);
    }
    assertThat(next(here, here.task())).isNull();
    revoke(AGENT);
    store.publish(TOPIC, "- nothing");
    assertThat(next(there, there.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  /** A message is only a hint; what was revoked again in the meantime stays revoked. */
  @Test
  void aLateRestorationDoesNotUndoANewRevocation() {
    InMemoryStateStore store = new InMemoryStateStore(here.clock);
    share(store);
    revoke(AGENT);
    store.publish(TOPIC, "- AGENT\nacme\nagent");
    assertThat(next(here, here.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
    assertThat(next(there, there.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  @Test
  void aStoreThatFailsDoesNotUndoIt() {
    InMemoryStateStore store = spy(new InMemoryStateStore(here.clock));
    here.builder.state(store);
    here.gate();
    for (Throwable broken : List.of(new StateException("full"), new NoClassDefFoundError("x"))) {
      doThrow(broken).when(store).putIfAbsent(any(), any(), any());
      assertThatThrownBy(() -> revoke(AGENT)).isInstanceOf(StateException.class).hasCause(broken);
    }
    assertThat(next(here, here.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
    assertThat(here.sink.kinds()).startsWith("revoked", "revoked");
    doThrow(new StateException("full")).when(store).remove(any(), any());
    doAnswer(call -> java.util.Optional.of("AGENT_REVOKED")).when(store).get(any());
    assertThatThrownBy(() -> here.gate().killSwitch().restore(AGENT, "root"))
        .isInstanceOf(StateException.class);
    assertThat(next(here, here.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  @Test
  void anAuditThatFailsDoesNotUndoItAndRestoresNothing() {
    here.gate();
    for (boolean throwing : new boolean[] {false, true}) {
      here.sink.failing = !throwing;
      here.sink.throwing = throwing;
      assertThat(revoke(AGENT).recorded()).isFalse();
      assertThatThrownBy(() -> here.gate().killSwitch().restore(AGENT, "root"))
          .isInstanceOf(IllegalStateException.class);
    }
    here.sink.throwing = false;
    assertThat(next(here, here.task())).isEqualTo(ReasonCode.AGENT_REVOKED);
  }

  /** The file sink has no stream without a name. */
  @Test
  void whatBelongsToNoTenantIsRecordedLikeItsCalls() {
    revoke(RevocationTarget.task("", "t-1"));
    assertThat(here.sink.entries.get(0).tenant()).isEqualTo("_unassigned");
  }

  @ParameterizedTest
  @EnumSource(names = {"TASK", "AGENT", "SUBJECT", "TENANT"})
  void approvalsThatWaitEndWithIt(RevocationTarget.Kind kind) {
    Bench asking = new Bench(Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of())));
    asking.builder.approvals(10, Duration.ofMinutes(10));
    ToolGate gate = asking.gate();
    Task task = asking.task();
    String id = approval(asking, task, "{}");
    String same = approval(asking, task, "{\"a\":1}");
    String id2 = kind == RevocationTarget.Kind.TASK ? task.id() : "agent";
    Revocation done =
        gate.killSwitch()
            .revoke(
                switch (kind) {
                  case SUBJECT -> RevocationTarget.subject("acme", "alice");
                  case TENANT -> RevocationTarget.tenant("acme");
                  default -> new RevocationTarget("acme", kind, id2);
                },
                "root");
    assertThat(done.approvals()).isEqualTo(2);
    assertThat(asking.sink.records(AuditRecord.Revoked.class).get(0).approvals()).isEqualTo(2);
    for (String waiting : List.of(id, same)) {
      assertThat(state(asking, waiting)).isEqualTo(ApprovalState.REVOKED);
    }
    assertThat(gate.killSwitch().end(task).approvals()).isZero();
    assertThat(next(asking, task)).isNotNull();
  }

  @Test
  void closingATaskLeavesTheApprovalsOfOthers() {
    Bench asking = new Bench(Policy.each(r -> new Decision.NeedsApproval(Policy.BASIS, List.of())));
    asking.builder.approvals(10, Duration.ofMinutes(10));
    Task task = asking.task();
    approval(asking, task, "{}");
    String other = approval(asking, asking.task(), "{}");
    assertThat(asking.gate().killSwitch().end(task).approvals()).isEqualTo(1);
    assertThat(state(asking, other)).isEqualTo(ApprovalState.PENDING);
  }

  @SuppressWarnings("NullAway") // the bench asks people
  private static ApprovalState state(Bench bench, String approval) {
    return bench.gate().approvals().find("acme", approval).orElseThrow().state();
  }

  @SuppressWarnings("NullAway") // the bench asks people
  private static String approval(Bench bench, Task task, String arguments) {
    ToolResult result =
        bench.gate().call(bench.call(task, bench.tool("read"), arguments), bench.body());
    Denial denial = ((ToolResult.Denied) result).denial();
    assertThat(denial.reason()).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    return denial.approvalId();
  }
}
