package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.StrictJson;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelegationsTest {
  private final Office office = new Office();

  private void refuses(Task task, Grant grant, ReasonCode reason) {
    int before = office.sink.records(AuditRecord.Delegated.class).size();
    assertThatThrownBy(() -> office.delegations.delegate(task, grant))
        .isInstanceOfSatisfying(
            DelegationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(office.sink.records(AuditRecord.Delegated.class)).hasSize(before);
  }

  @Test
  void theReceiverGetsWhatWasHandedOver() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    VerifiedDelegation given = Office.verified(clerk);
    assertThat(given.grant()).isEqualTo(Office.toClerk());
    assertThat(given.taskId()).isEqualTo("t-1");
    assertThat(given.hops()).hasSize(1);
    assertThat(given.last().from()).isEqualTo("assistant");
    assertThat(given.last().keyId()).isEqualTo(office.keys.inUse(KeyPurpose.DELEGATION).getKeyID());
    assertThat(given.last().expiresAt()).isEqualTo(Instant.parse("2026-11-23T12:10:00Z"));
    assertThat(clerk.id()).isEqualTo("t-1");
    assertThat(clerk.agent().id()).isEqualTo("clerk");
    assertThat(office.decide(clerk, "read")).isNull();
    assertThat(office.decide(clerk, "pay")).isNull();
  }

  @Test
  void overThreeHopsEachIsNarrowerAndTheRecordsTellTheStory() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    Task teller = office.hand(clerk, Grant.to("teller").tools("read", "wire").calls(7).depth(5));
    Task runner =
        office.hand(
            teller,
            Grant.to("runner")
                .tools("read", "pay")
                .scopes("see")
                .calls(50)
                .amount("eur", 1)
                .lifetime(Duration.ofHours(1)));
    List<VerifiedDelegation.Hop> hops = Office.verified(runner).hops();
    assertThat(hops)
        .extracting(VerifiedDelegation.Hop::from)
        .containsExactly("assistant", "clerk", "teller");
    Grant second = hops.get(1).grant();
    assertThat(second.tools()).containsExactly("read");
    assertThat(second.depth()).isEqualTo(2);
    Grant third = hops.get(2).grant();
    assertThat(third.tools()).containsExactly("read");
    assertThat(third.scopes()).isEmpty();
    assertThat(third.amounts()).isEmpty();
    assertThat(third.calls()).isEqualTo(7);
    assertThat(third.depth()).isZero();
    assertThat(hops.get(2).expiresAt()).isEqualTo(hops.get(1).expiresAt());
    assertThat(runner.caller()).isEqualTo(Office.ALICE);
    assertThat(office.decide(runner, "read")).isNull();
    assertThat(office.sink.records(AuditRecord.Delegated.class))
        .extracting(AuditRecord.Delegated::from, AuditRecord.Delegated::to)
        .containsExactly(
            tuple("assistant", "clerk"), tuple("clerk", "teller"), tuple("teller", "runner"));
    assertThat(office.sink.records(AuditRecord.DelegationAccepted.class))
        .extracting(AuditRecord.DelegationAccepted::delegation)
        .containsExactlyElementsOf(hops.stream().map(VerifiedDelegation.Hop::id).toList());
    assertThat(office.sink.entries).allMatch(entry -> entry.taskId().equals("t-1"));
    assertThat(office.sink.entries).allMatch(entry -> entry.tenant().equals("acme"));
  }

  @Test
  void theTextIsATransactionToken() throws Exception {
    Task clerk = office.hand(office.task(), Office.toClerk());
    String token = office.delegate(clerk, Grant.to("teller").tools("read").scopes("see", "pay"));
    SignedToken signed = SignedToken.read(token);
    var claims = new StrictJson(JsonLimits.DEFAULT).parseObject(signed.payload());
    assertThat(CanonicalJson.text(claims)).isEqualTo(signed.payload());
    assertThat(signed.payload())
        .contains("\"iss\":\"acme.example\"", "\"aud\":\"acme.example\"", "\"txn\":\"t-1\"")
        .contains("\"sub\":\"alice\"", "\"req_wl\":\"clerk\"", "\"tollgate\":{\"tenant\":\"acme\"}")
        .contains("\"act\":{\"act\":{\"act\":{\"sub\":\"assistant\"},\"sub\":\"clerk\"},")
        .contains("\"scope\":\"pay see\"", "\"intent\":\"hmac-sha256:words\"")
        .contains("\"prf\":\"" + Office.verified(clerk).token() + "\"");
  }

  @Test
  void withinTheProcessTheWordsAndTheLifeAreShared() {
    Task task = office.task();
    String token = office.delegate(task, Office.toClerk());
    try (Scope ambient = task.open()) {
      Task clerk = office.accept(token, "clerk");
      assertThat(clerk.intent()).isEqualTo(task.intent());
      assertThat(clerk.life()).isSameAs(task.life());
      assertThat(clerk.deadlineNanos() - office.clock.nanos())
          .isEqualTo(Duration.ofMinutes(10).toNanos());
    }
  }

  @Test
  void elsewhereTheTaskHasNoWordsAndEndsWithTheDelegation() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    assertThat(clerk.intent()).isEqualTo(new Intent(Intent.Source.HUMAN, ""));
    assertThat(clerk.intentDigest()).isEqualTo("hmac-sha256:words");
    assertThat(clerk.conversation()).isEqualTo(new Conversation("acme", "chat-1"));
    assertThat(clerk.environment()).isEqualTo("test");
    assertThat(clerk.startedAt()).isEqualTo(office.task().startedAt());
    assertThat(clerk.deadlineNanos() - office.clock.nanos())
        .isEqualTo(Duration.ofMinutes(10).toNanos());
  }

  @Test
  void inAnotherAmbientTaskItIsStillTheTaskOfTheToken() {
    String token = office.delegate(office.task(), Office.toClerk());
    Task other = office.task("t-2", Office.ALICE, "hmac-sha256:other");
    try (Scope ambient = other.open()) {
      assertThat(office.accept(token, "clerk").id()).isEqualTo("t-1");
    }
  }

  @Test
  void theAmbientTaskForSomebodyElseIsForeign() {
    String token = office.delegate(office.task(), Office.toClerk());
    Task bob = office.task("t-1", Caller.of("acme", "bob"), "hmac-sha256:words");
    try (Scope ambient = bob.open()) {
      assertThat(office.refusal(office.accept(token, "clerk")))
          .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
  }

  @Test
  void aDelegationEndsWithTheTaskAtTheLatest() {
    office.clock.pass(Duration.ofMinutes(1));
    Task task = office.task();
    office.clock.pass(Duration.ofMinutes(25));
    Task clerk = office.hand(task, Office.toClerk());
    assertThat(Office.verified(clerk).last().expiresAt())
        .isEqualTo(office.clock.now().plus(Duration.ofMinutes(5)));
  }

  @Test
  void aChildEndsWithItsParentAlsoWhenTheWallClockRanAhead() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    office.clock.wall = office.clock.wall.plusSeconds(3);
    Task teller = office.hand(clerk, Grant.to("teller").lifetime(Duration.ofHours(1)));
    assertThat(Office.verified(teller).last().expiresAt())
        .isEqualTo(Office.verified(clerk).last().expiresAt());
  }

  @Test
  void insideDelegatedWorkOnlyWhatComesFromThereIsAccepted() {
    Task task = office.task();
    Task clerk = office.hand(task, Office.toClerk());
    String onward = office.delegate(clerk, Grant.to("teller").tools("read"));
    String sibling = office.delegate(task, Grant.to("runner").tools("read"));
    try (Scope ambient = clerk.open()) {
      assertThat(Office.verified(office.accept(onward, "teller")).hops()).hasSize(2);
      assertThat(office.refusal(office.accept(sibling, "runner")))
          .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
    Task refused =
        office.carrying(task, "clerk", new RefusedDelegation(ReasonCode.DELEGATION_FORGED));
    try (Scope ambient = refused.open()) {
      assertThat(office.refusal(office.accept(sibling, "runner")))
          .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
    Office.verified(office.accept(sibling, "runner"));
  }

  @Test
  void nothingIsHandedOnBeyondTheDepthNorBackToWhoHadIt() {
    Task leaf = office.hand(office.task(), Office.toClerk().depth(0));
    refuses(leaf, Grant.to("teller"), ReasonCode.DELEGATION_TOO_DEEP);
    Task clerk = office.hand(office.task(), Office.toClerk());
    refuses(clerk, Grant.to("assistant"), ReasonCode.DELEGATION_TOO_DEEP);
    refuses(clerk, Grant.to("clerk"), ReasonCode.DELEGATION_TOO_DEEP);
    refuses(office.task(), Grant.to("assistant"), ReasonCode.DELEGATION_TOO_DEEP);
  }

  @Test
  void sixHopsAreTheMost() {
    Task last = office.task();
    for (int i = 0; i <= Grant.DEEPEST; i++) {
      last = office.hand(last, Grant.to("agent-" + i).tools("read").depth(Grant.DEEPEST));
    }
    assertThat(Office.verified(last).hops()).hasSize(6);
    assertThat(office.decide(last, "read")).isNull();
    refuses(last, Grant.to("agent-6"), ReasonCode.DELEGATION_TOO_DEEP);
  }

  @Test
  void whoHoldsNothingValidHandsNothingOn() {
    Task refused =
        office.carrying(
            office.task(), "clerk", new RefusedDelegation(ReasonCode.DELEGATION_REPLAYED));
    refuses(refused, Grant.to("teller"), ReasonCode.DELEGATION_REPLAYED);
    Task clerk = office.hand(office.task(), Office.toClerk());
    refuses(
        office.carrying(clerk, "runner", clerk.delegation()),
        Grant.to("teller"),
        ReasonCode.DELEGATION_FOREIGN);
    Task bob = office.task("t-1", Caller.of("acme", "bob"), "hmac-sha256:words");
    refuses(
        office.carrying(bob, "clerk", clerk.delegation()),
        Grant.to("teller"),
        ReasonCode.DELEGATION_FOREIGN);
    office.clock.pass(Duration.ofMinutes(11));
    refuses(clerk, Grant.to("teller"), ReasonCode.DELEGATION_EXPIRED);
    office.clock.pass(Duration.ofHours(1));
    refuses(
        office.carrying(clerk, "assistant", null), Grant.to("x"), ReasonCode.DELEGATION_EXPIRED);
  }

  @Test
  void aTaskOfNobodyHandsNothingOver() {
    Task task = office.task();
    Task orphan =
        new Task(
            "t",
            task.conversation(),
            null,
            task.agent(),
            task.intent(),
            "",
            "",
            task.startedAt(),
            task.deadlineNanos());
    refuses(orphan, Office.toClerk(), ReasonCode.SUBJECT_MISSING);
    Task nowhere =
        new Task(
            "t",
            new Conversation("", "c"),
            Office.ALICE,
            task.agent(),
            task.intent(),
            "",
            "",
            task.startedAt(),
            task.deadlineNanos());
    refuses(nowhere, Office.toClerk(), ReasonCode.TENANT_MISSING);
  }

  @Test
  void whatIsNotOnRecordIsNotHandedOver() {
    office.sink.failing = true;
    refuses(office.task(), Office.toClerk(), ReasonCode.AUDIT_UNAVAILABLE);
    office.sink.failing = false;
    office.sink.throwing = true;
    refuses(office.task(), Office.toClerk(), ReasonCode.AUDIT_UNAVAILABLE);
  }

  @Test
  void whatIsNotOnRecordIsNotAccepted() {
    String token = office.delegate(office.task(), Office.toClerk());
    office.sink.failing = true;
    Task task = office.accept(token, "clerk");
    assertThat(task.delegation()).isEqualTo(new RefusedDelegation(ReasonCode.AUDIT_UNAVAILABLE));
    office.sink.failing = false;
    assertThat(office.refusal(office.accept(token, "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_REPLAYED);
  }

  @Test
  void aScopeThatWouldBeReadAsTwoIsNotSigned() {
    Grant grant = Office.toClerk().scopes("pay see");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> office.delegations.delegate(office.task(), grant));
    Grant half = Office.toClerk().tools("\ud800");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> office.delegations.delegate(office.task(), half));
    assertThat(office.sink.entries).isEmpty();
  }

  @Test
  void numbersThatJsonCannotHoldAreNarrowed() {
    Grant grant =
        new Grant(
            "clerk",
            Set.of("read"),
            Set.of(),
            Long.MAX_VALUE,
            Map.of("eur", Long.MAX_VALUE),
            0,
            Duration.ofMinutes(1));
    Grant given = Office.verified(office.hand(office.task(), grant)).grant();
    assertThat(given.calls()).isEqualTo(9_007_199_254_740_991L);
    assertThat(given.amounts()).containsEntry("eur", 9_007_199_254_740_991L);
  }

  @Test
  void aTextBeyondTheLimitIsNotHandedOver() {
    String[] many =
        IntStream.range(0, 2000).mapToObj(i -> "a_tool_with_a_name_" + i).toArray(String[]::new);
    refuses(office.task(), Office.toClerk().tools(many), ReasonCode.DELEGATION_TOO_DEEP);
  }

  @Test
  void withoutAKeyNothingIsSigned() {
    office.keys.withdraw(
        KeyPurpose.DELEGATION, office.keys.inUse(KeyPurpose.DELEGATION).getKeyID());
    assertThatIllegalStateException()
        .isThrownBy(() -> office.delegations.delegate(office.task(), Office.toClerk()));
  }

  @Test
  void whatWasAcceptedIsVerifiedAgainForATaskThatGoesOn() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    String token = Office.verified(clerk).token();
    Task resumed = office.delegations.again(token, office.carrying(clerk, "clerk", null));
    assertThat(Office.verified(resumed).id()).isEqualTo(Office.verified(clerk).id());
    assertThat(office.decide(resumed, "read")).isNull();

    Task other = office.carrying(clerk, "teller", null);
    assertThat(office.delegations.again(token, other).delegation())
        .isEqualTo(new RefusedDelegation(ReasonCode.DELEGATION_FOREIGN));
    for (Task elsewhere :
        List.of(
            office.task("t-2", Office.ALICE, "hmac-sha256:words"),
            office.task("t-1", Office.ALICE, "hmac-sha256:other"))) {
      Task going = office.carrying(elsewhere, "clerk", null);
      assertThat(office.delegations.again(token, going).delegation())
          .isEqualTo(new RefusedDelegation(ReasonCode.DELEGATION_FOREIGN));
    }
    assertThat(office.delegations.again("no token", clerk).delegation())
        .isEqualTo(new RefusedDelegation(ReasonCode.DELEGATION_FORGED));
    office.clock.pass(Duration.ofMinutes(10));
    assertThat(office.delegations.again(token, clerk).delegation())
        .isEqualTo(new RefusedDelegation(ReasonCode.DELEGATION_EXPIRED));
  }
}
