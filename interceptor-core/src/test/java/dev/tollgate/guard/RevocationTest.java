package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.Admission;
import dev.tollgate.ToolCall;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is revoked does nothing any more, and nothing else is touched. */
class RevocationTest {
  private final Bench bench = new Bench(Policy.permit());
  private final Task task = start("acme", "alice", "clerk");
  private final Task child = hand(task, "worker");

  private Task start(String tenant, String subject, String agent) {
    return bench
        .gate()
        .startTask(Intent.human("x"), AgentIdentity.of(agent), Caller.of(tenant, subject), null);
  }

  private ToolCall call(Task of) {
    return bench.call(of, bench.tool("read"), "{}");
  }

  private @Nullable ReasonCode next(Task of) {
    return Bench.reason(bench.gate().call(call(of), bench.body()));
  }

  private Revocation revoke(RevocationTarget target) {
    return bench.gate().killSwitch().revoke(target, "root");
  }

  private RevocationTarget target(RevocationTarget.Kind kind) {
    return switch (kind) {
      case TASK -> RevocationTarget.task("acme", task.id());
      case AGENT -> RevocationTarget.agent("acme", "clerk");
      case SUBJECT -> RevocationTarget.subject("acme", "alice");
      case TENANT -> RevocationTarget.tenant("acme");
      case DELEGATION -> RevocationTarget.delegation("acme", delegation(child));
      case LEASE -> RevocationTarget.lease("acme", "l-1");
    };
  }

  /** Hands the reading on, and lets it be handed on once more. */
  private Task hand(Task from, String to) {
    Grant grant = Grant.to(to).tools("read").calls(9).depth(from.delegation() == null ? 1 : 0);
    try {
      return bench
          .gate()
          .delegations()
          .accept(
              bench.gate().delegations().delegate(from, grant),
              Caller.of("acme", "alice"),
              AgentIdentity.of(to));
    } catch (DelegationException e) {
      throw new AssertionError(e);
    }
  }

  private static String delegation(Task of) {
    assertThat(of.delegation()).isInstanceOf(VerifiedDelegation.class);
    return of.delegation() instanceof VerifiedDelegation verified ? verified.id() : "";
  }

  @ParameterizedTest
  @EnumSource(names = "LEASE", mode = EnumSource.Mode.EXCLUDE)
  void theNextCallIsDenied(RevocationTarget.Kind kind) {
    assertThat(next(child)).isNull();
    Revocation done = revoke(target(kind));
    assertThat(next(child)).isEqualTo(target(kind).reason());
    assertThat(bench.runs).hasValue(1);
    assertThat(done.inFlight()).isEmpty();
    assertThat(done.recorded()).isTrue();
    AuditRecord.Revoked record = bench.sink.records(AuditRecord.Revoked.class).get(0);
    assertThat(record)
        .isEqualTo(
            new AuditRecord.Revoked(
                "revoked",
                kind.name().toLowerCase(java.util.Locale.ROOT),
                target(kind).id(),
                "root",
                target(kind).reason().code(),
                0,
                0));
  }

  @ParameterizedTest
  @EnumSource(names = "LEASE", mode = EnumSource.Mode.EXCLUDE)
  void aCallAdmittedBeforeIsDeniedAtTheLastCheck(RevocationTarget.Kind kind) {
    Admission admission = bench.gate().admit(List.of(call(child))).get(0);
    revoke(target(kind));
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(target(kind).reason());
    assertThat(bench.runs).hasValue(0);
    assertThat(bench.sink.kinds()).endsWith("proposed", "decided", "revoked", "refused");
  }

  /** Every kind has a reason of its own, or the audit could not tell them apart. */
  @Test
  void everyKindHasItsOwnReason() {
    assertThat(Stream.of(RevocationTarget.Kind.values()).map(kind -> target(kind).reason()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void othersGoOn(RevocationTarget.Kind kind) {
    revoke(target(kind));
    List<Task> untouched =
        switch (kind) {
          case TASK, DELEGATION, LEASE -> List.of(start("acme", "alice", "clerk"));
          case AGENT -> List.of(start("acme", "alice", "boss"), start("other", "alice", "clerk"));
          case SUBJECT -> List.of(start("acme", "bob", "clerk"), start("other", "alice", "clerk"));
          case TENANT -> List.of(start("other", "alice", "clerk"));
        };
    assertThat(untouched).allSatisfy(other -> assertThat(next(other)).isNull());
  }

  /** A name means something only with its kind: a user may be called like an agent or a task. */
  @Test
  void aNameOfAnotherKindIsNotMeant() {
    for (RevocationTarget.Kind kind : RevocationTarget.Kind.values()) {
      if (kind != RevocationTarget.Kind.TENANT && kind != RevocationTarget.Kind.SUBJECT) {
        revoke(new RevocationTarget("acme", kind, "alice"));
      }
    }
    revoke(RevocationTarget.subject("acme", "clerk"));
    revoke(RevocationTarget.subject("acme", task.id()));
    revoke(RevocationTarget.task("other", task.id()));
    assertThat(next(task)).isNull();
  }

  @Test
  void aTaskThatEndedIsClosed() {
    Admission admission = bench.gate().admit(List.of(call(task))).get(0);
    bench.gate().killSwitch().end(task);
    assertThat(next(task)).isEqualTo(ReasonCode.TASK_CLOSED);
    assertThat(next(child)).isEqualTo(ReasonCode.TASK_CLOSED);
    assertThat(Bench.reason(bench.gate().execute(admission, bench.body())))
        .isEqualTo(ReasonCode.TASK_CLOSED);
    revoke(target(RevocationTarget.Kind.TASK)); // too late to change why
    assertThat(next(task)).isEqualTo(ReasonCode.TASK_CLOSED);
  }

  @Test
  void aTaskThatWentInCirclesSaysSo() {
    bench.gate().killSwitch().stopLoop(task);
    assertThat(next(task)).isEqualTo(ReasonCode.LOOP_DETECTED);
  }

  @ParameterizedTest
  @EnumSource(names = {"AGENT", "SUBJECT", "TENANT"})
  void whoWasStoppedCanGoOn(RevocationTarget.Kind kind) {
    revoke(target(kind));
    bench.gate().killSwitch().restore(target(kind), "root");
    assertThat(next(task)).isNull();
    assertThat(bench.sink.kinds()).containsSubsequence("revoked", "restored", "dispatched");
    revoke(target(kind));
    assertThat(next(task)).isEqualTo(target(kind).reason());
  }

  @ParameterizedTest
  @EnumSource(names = {"TASK", "DELEGATION", "LEASE"})
  void whatEndedStaysEnded(RevocationTarget.Kind kind) {
    revoke(target(kind));
    assertThatThrownBy(() -> bench.gate().killSwitch().restore(target(kind), "root"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(bench.sink.kinds()).contains("revoked").doesNotContain("restored");
    if (kind != RevocationTarget.Kind.LEASE) {
      assertThat(next(child)).isEqualTo(target(kind).reason());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void delegatedWorkEndsWithWhateverItComesFrom(int which) {
    Task grandchild = hand(child, "runner");
    List<RevocationTarget> above =
        List.of(
            RevocationTarget.delegation("acme", delegation(child)),
            RevocationTarget.delegation("acme", delegation(grandchild)),
            RevocationTarget.agent("acme", "clerk"),
            RevocationTarget.agent("acme", "worker"),
            RevocationTarget.agent("acme", "runner"));
    assertThat(next(grandchild)).isNull();
    revoke(above.get(which));
    assertThat(next(grandchild)).isEqualTo(above.get(which).reason());
  }

  @Test
  void aDelegationLeavesItsParentAndItsSiblings() {
    Task grandchild = hand(child, "runner");
    revoke(RevocationTarget.delegation("acme", delegation(grandchild)));
    assertThat(next(grandchild)).isEqualTo(ReasonCode.DELEGATION_REVOKED);
    assertThat(next(hand(child, "runner"))).isNull();
    assertThat(next(child)).isNull();
    assertThat(next(task)).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = "LEASE", mode = EnumSource.Mode.EXCLUDE)
  void observeModeOpensNothingThatIsRevoked(RevocationTarget.Kind kind) {
    bench.builder.observe(true);
    try (var observing = bench.builder.build()) {
      observing.killSwitch().revoke(target(kind), "root");
      Task of = kind == RevocationTarget.Kind.DELEGATION ? child : task;
      assertThat(Bench.reason(observing.call(call(of), bench.body())))
          .isEqualTo(target(kind).reason());
      bench.clock.pass(Duration.ofMinutes(16)); // reasons that can be opened must not hide it
      assertThat(Bench.reason(observing.call(call(task), bench.body())))
          .isEqualTo(kind == RevocationTarget.Kind.DELEGATION ? null : target(kind).reason());
    }
    assertThat(bench.runs).hasValue(kind == RevocationTarget.Kind.DELEGATION ? 1 : 0);
  }

  @Test
  void whatCouldNeverHitAnythingIsRefused() {
    assertThatThrownBy(() -> RevocationTarget.task("acme", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RevocationTarget("acme", RevocationTarget.Kind.TENANT, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RevocationTarget.agent("ac\nme", "clerk"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tasksAreForgottenAfterTheirLifeAndPeopleAreNot() {
    try (Revocations revocations =
        new Revocations(new InMemoryStateStore(bench.clock), bench.clock, Duration.ofMinutes(15))) {
      revocations.stop(target(RevocationTarget.Kind.TASK), ReasonCode.TASK_REVOKED);
      fill(revocations, 5_000, "early");
      bench.clock.pass(Duration.ofMinutes(15));
      fill(revocations, 5_000, "middle");
      assertThat(revocations.refuse(task)).isEqualTo(ReasonCode.TASK_REVOKED);
      bench.clock.pass(Duration.ofSeconds(1));
      fill(revocations, 30_000, "late");
      assertThat(revocations.refuse(task)).isNull();
      revocations.stop(target(RevocationTarget.Kind.AGENT), ReasonCode.AGENT_REVOKED);
      bench.clock.pass(Duration.ofDays(3_650));
      fill(revocations, 60_000, "later");
      assertThat(revocations.refuse(task)).isEqualTo(ReasonCode.AGENT_REVOKED);
    }
  }

  private static void fill(Revocations revocations, int size, String name) {
    for (int i = 0; i < size; i++) {
      revocations.stop(RevocationTarget.task("acme", name + i), ReasonCode.TASK_REVOKED);
    }
  }
}
