package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import dev.tollgate.task.TaskLife;
import dev.tollgate.tool.Effect;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Work that is handed over, to another process or thread, does not begin with a clean slate. */
class HandedStandingTest {
  private final Office office = new Office();

  private Task asking(Set<Effect> effects) {
    Task task = office.task();
    return new Task(
        task.id(),
        task.conversation(),
        task.caller(),
        task.agent(),
        Intent.human("Pay the bill.").asking(effects),
        task.intentDigest(),
        task.environment(),
        task.startedAt(),
        task.deadlineNanos(),
        null,
        new TaskLife());
  }

  @Test
  void whatTheGiverHasReadAndSentGoesWithIt() {
    Task task = office.task();
    task.life().sequence().ran(office.bench.tool("pay"), Set.of("partners"));
    task.life().sequence().labelled("bank-data");
    task.life().decided();
    Task clerk = office.hand(task, Office.toClerk());
    assertThat(clerk.life()).as("another process").isNotSameAs(task.life());
    assertThat(clerk.life().history()).isEqualTo(task.life().history());
    assertThat(clerk.life().history().labels()).containsExactly("bank-data");
  }

  @Test
  void eachHopAddsWhatItHasReadItself() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    clerk.life().sequence().labelled("bank-data");
    Task teller = office.hand(clerk, Grant.to("teller").tools("read"));
    assertThat(teller.life().history().labels()).containsExactly("bank-data");
  }

  @Test
  void theEffectsThatWereAskedForStillNarrow() {
    Task clerk = office.hand(asking(Set.of(Effect.READ, Effect.PAY)), Office.toClerk());
    assertThat(clerk.intent().effects()).containsExactlyInAnyOrder(Effect.READ, Effect.PAY);
    assertThat(clerk.intent().text()).isEmpty();
    Task none = office.hand(asking(Set.of()), Office.toClerk());
    assertThat(none.intent().effects()).isEmpty();
    assertThat(office.hand(office.task(), Office.toClerk()).intent().effects()).isNull();
  }

  @Test
  void aHopThatForgetsOrAsksForMoreIsWider() {
    Task read = asking(Set.of(Effect.READ));
    read.life().sequence().labelled("bank-data");
    String parent = office.delegate(read, Office.toClerk());
    DelegationClaims child = Office.toTeller(parent);
    HandedStanding same = child.standing();
    TaskHistory clean = new TaskLife().history();
    for (HandedStanding standing :
        List.of(
            new HandedStanding(clean, same.effects()),
            new HandedStanding(same.history(), null),
            new HandedStanding(same.history(), Set.of(Effect.READ, Effect.PAY)))) {
      assertThat(office.refusal(office.accept(office.sign(with(child, standing)), "teller")))
          .isEqualTo(ReasonCode.DELEGATION_WIDER);
    }
    Office.verified(office.accept(office.sign(with(child, same)), "teller"));
  }

  private static DelegationClaims with(DelegationClaims claims, HandedStanding standing) {
    return new DelegationClaims(
        claims.task(),
        UUID.randomUUID().toString(),
        claims.issuedAt(),
        claims.expiresAt(),
        claims.actors(),
        claims.grant(),
        standing,
        claims.parent());
  }
}
