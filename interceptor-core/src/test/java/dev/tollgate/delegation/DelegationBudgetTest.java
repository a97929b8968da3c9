package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DelegationBudgetTest {
  private final Office office = new Office();

  private @Nullable ReasonCode call(Task task) {
    return office.budget.call(task, Office.verified(task));
  }

  private @Nullable ReasonCode spend(Task task, Map<String, Long> amounts) {
    return office.budget.spend(task, Office.verified(task), amounts);
  }

  private static Map<String, Long> eur(long whole) {
    return Map.of("eur", whole * Grant.UNIT);
  }

  private static Grant to(String agent) {
    return Grant.to(agent).tools("read").amount("eur", 100).calls(10);
  }

  @Test
  void theCallsOfChildrenCountForTheParentToo() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    Task teller = office.hand(clerk, to("teller"));
    Task runner = office.hand(clerk, to("runner"));
    for (int i = 0; i < 5; i++) {
      assertThat(call(teller)).isNull();
      assertThat(call(runner)).isNull();
    }
    assertThat(call(teller)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(call(runner)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(call(clerk)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
  }

  @Test
  void whatAChildMayNotDoCostsTheParentNothing() {
    Task clerk = office.hand(office.task(), Office.toClerk().calls(2));
    Task teller = office.hand(clerk, to("teller").calls(1));
    assertThat(call(teller)).isNull();
    assertThat(call(teller)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(call(teller)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(call(clerk)).isNull();
    assertThat(call(clerk)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
  }

  @Test
  void amountsAreSharedWithTheParentAndItsOtherChildren() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    Task teller = office.hand(clerk, to("teller"));
    Task runner = office.hand(clerk, to("runner").amount("eur", 30));
    assertThat(spend(teller, eur(60))).isNull();
    assertThat(spend(runner, eur(31))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(runner, eur(30))).isNull();
    assertThat(spend(teller, eur(40))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    // The denied 40 were not charged to the teller.
    assertThat(spend(teller, eur(10))).isNull();
    assertThat(spend(clerk, Map.of("eur", 1L))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(clerk, Map.of())).isNull();
  }

  @Test
  void anAmountThatAHopWasNotGrantedMayNotBeSpent() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    Task teller = office.hand(clerk, Grant.to("teller").tools("read"));
    assertThat(spend(clerk, Map.of("usd", 0L))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(teller, eur(0))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(clerk, eur(-1))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(clerk, Map.of("eur", Long.MAX_VALUE))).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(clerk, eur(100))).isNull();
  }

  @Test
  void ofTwoAmountsNeitherIsChargedIfOneIsTooMuch() {
    Task clerk = office.hand(office.task(), Office.toClerk().amount("usd", 1));
    Map<String, Long> both = Map.of("eur", 60 * Grant.UNIT, "usd", 2 * Grant.UNIT);
    assertThat(spend(clerk, both)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(spend(clerk, eur(100))).isNull();
  }

  @Test
  void whatWasSpentIsRememberedToTheEnd() {
    Task clerk = office.hand(office.task(), Office.toClerk().calls(1));
    assertThat(call(clerk)).isNull();
    office.clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(call(clerk)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
    office.clock.pass(Duration.ofSeconds(30));
    assertThat(call(clerk)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
  }

  @Test
  void withoutAnAnswerOfTheStoreNothingIsSpent() {
    Task clerk = office.hand(office.task(), Office.toClerk());
    for (RuntimeException how :
        List.of(
            new StateException("down", new IllegalStateException()), new NumberFormatException())) {
      DelegationBudget budget = new DelegationBudget(RefusedTest.broken(how), office.clock);
      VerifiedDelegation given = Office.verified(clerk);
      assertThat(budget.call(clerk, given)).isEqualTo(ReasonCode.STATE_UNAVAILABLE);
      assertThat(budget.spend(clerk, given, eur(1))).isEqualTo(ReasonCode.STATE_UNAVAILABLE);
      DelegationStage stage = new DelegationStage(office.keys, office.clock, budget);
      var call = office.bench.call(clerk, office.bench.tool("read"), "{}");
      assertThat(stage.decide(List.of(call)).get(0).outcome()).isEqualTo("deny");
    }
  }

  @Test
  void aHundredAtOnceGetExactlyTheParentsLimit() throws Exception {
    Task clerk = office.hand(office.task(), Office.toClerk().calls(30));
    Task teller = office.hand(clerk, to("teller").calls(30));
    Task runner = office.hand(clerk, to("runner").calls(30));
    List<Task> tasks = List.of(clerk, teller, runner);
    assertThat(passed(i -> () -> call(tasks.get(i % 3)))).isEqualTo(30);
    assertThat(call(clerk)).isEqualTo(ReasonCode.DELEGATION_BUDGET);
  }

  @Test
  void aHundredAtOnceSpendExactlyTheAmount() throws Exception {
    Task clerk = office.hand(office.task(), Office.toClerk().amount("eur", 40));
    assertThat(passed(i -> () -> spend(clerk, eur(1)))).isEqualTo(40);
  }

  private static long passed(IntFunction<Supplier<@Nullable ReasonCode>> charge) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(100);
    CountDownLatch ready = new CountDownLatch(100);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Supplier<@Nullable ReasonCode> mine = charge.apply(i);
        answers.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return mine.get() == null;
                }));
      }
      long passed = 0;
      for (Future<Boolean> answer : answers) {
        passed += answer.get() ? 1 : 0;
      }
      return passed;
    } finally {
      threads.shutdown();
    }
  }
}
