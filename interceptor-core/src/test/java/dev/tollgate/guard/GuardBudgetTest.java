package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolCall;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardBudgetTest {
  private static final Duration HOUR = Watched.HOUR;
  private static final String NONE = "{}";

  private static Watched with(Limit... limits) {
    return new Watched(Watched.only(limits));
  }

  private static void permitted(Watched watched, Task task, int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(watched.said(task, "look", NONE)).isEqualTo("permit");
    }
  }

  static Stream<Arguments> countedAtAdmission() {
    return Stream.of(BudgetScope.values())
        .flatMap(
            scope ->
                Stream.of(
                    Arguments.of(
                        Limit.budget(scope, Meter.CALLS, 3, HOUR), "budget_calls", "calls"),
                    Arguments.of(
                        Limit.budget(scope, Meter.DECISIONS, 3, HOUR),
                        "budget_decisions",
                        "decisions"),
                    Arguments.of(Limit.rate(scope, 3, HOUR), "rate_limited", "rate")));
  }

  @ParameterizedTest
  @MethodSource("countedAtAdmission")
  void theCallBeyondALimitIsDeniedAndTheAuditSaysWhoseItWas(
      Limit limit, String reason, String meter) {
    Watched watched = with(limit);
    Task task = watched.task();
    permitted(watched, task, 3);
    Decision fourth = watched.decide(task, "look", NONE);
    assertThat(Watched.said(fourth)).isEqualTo(reason);
    assertThat(fourth.basis().decider()).isEqualTo("guard");
    assertThat(fourth.basis().policies()).containsExactly(limit.scope().text() + ":" + meter);
  }

  @ParameterizedTest
  @EnumSource(BudgetScope.class)
  void whoSharesTheScopeSharesTheBudgetAndNobodyElse(BudgetScope scope) {
    Watched watched = with(Limit.budget(scope, Meter.CALLS, 1, HOUR));
    Task task = watched.task();
    permitted(watched, task, 1);
    assertThat(watched.said(task, "look", NONE)).isEqualTo("budget_calls");
    List<BudgetScope> shared = List.of(BudgetScope.AGENT, BudgetScope.SUBJECT, BudgetScope.TENANT);
    assertThat(watched.said(watched.task(), "look", NONE))
        .isEqualTo(shared.contains(scope) ? "budget_calls" : "permit");
    assertThat(watched.said(watched.task("acme", "alice", "other"), "look", NONE))
        .isEqualTo(
            scope == BudgetScope.SUBJECT || scope == BudgetScope.TENANT
                ? "budget_calls"
                : "permit");
    assertThat(watched.said(watched.task("acme", "bob", "third"), "look", NONE))
        .isEqualTo(scope == BudgetScope.TENANT ? "budget_calls" : "permit");
    permitted(watched, watched.task("globex", "alice", "office"), 1);
  }

  @Test
  void idsThatLookLikeKeysShareNothing() {
    Watched watched =
        with(
            Limit.budget(BudgetScope.AGENT, Meter.CALLS, 1, HOUR),
            Limit.budget(BudgetScope.SUBJECT, Meter.CALLS, 1, HOUR));
    permitted(watched, watched.task("acme", "a/b", "c"), 1);
    permitted(watched, watched.task("acme", "a", "b/c"), 1);
    permitted(watched, watched.task("acme", "agent:calls/PT1H/c", "subject:calls/PT1H/a"), 1);
    permitted(watched, watched.task("acme", "c", "a"), 1);
  }

  @Test
  void aTaskThatIsDoneTakesNothingFromItsTenant() {
    Watched watched =
        with(
            Limit.budget(BudgetScope.TENANT, Meter.CALLS, 3, Duration.ofMinutes(1)),
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 4, HOUR));
    Task runaway = watched.task();
    permitted(watched, runaway, 3);
    watched.clock.pass(Duration.ofMinutes(1));
    permitted(watched, runaway, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(watched.said(runaway, "look", NONE)).isEqualTo("budget_calls");
    }
    permitted(watched, watched.task(), 2);
    assertThat(watched.decide(watched.task(), "look", NONE).basis().policies())
        .containsExactly("tenant:calls");
  }

  @Test
  void ofTwoLimitsOnTheSameTheLowerHoldsAndACallCountsOnce() {
    Watched watched =
        with(
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 9, HOUR),
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 4, HOUR));
    Task task = watched.task();
    permitted(watched, task, 4);
    assertThat(watched.said(task, "look", NONE)).isEqualTo("budget_calls");
  }

  @Test
  void aRateAndABudgetOfCallsAreCountedApart() {
    Watched watched =
        with(
            Limit.rate(BudgetScope.TASK, 2, Duration.ofMinutes(1)),
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 3, HOUR));
    Task task = watched.task();
    permitted(watched, task, 2);
    assertThat(watched.said(task, "look", NONE)).isEqualTo("rate_limited");
    watched.clock.pass(Duration.ofSeconds(59));
    assertThat(watched.said(task, "look", NONE)).isEqualTo("rate_limited");
    watched.clock.pass(Duration.ofSeconds(1));
    permitted(watched, task, 1);
    assertThat(watched.said(task, "look", NONE)).isEqualTo("budget_calls");
  }

  @Test
  void aBudgetBeginsAnewWhenItsTimeIsOver() {
    Watched watched = with(Limit.budget(BudgetScope.TENANT, Meter.CALLS, 1, Duration.ofDays(1)));
    permitted(watched, watched.task(), 1);
    watched.clock.pass(Duration.ofHours(23));
    assertThat(watched.said(watched.task(), "look", NONE)).isEqualTo("budget_calls");
    watched.clock.pass(HOUR);
    permitted(watched, watched.task(), 1);
  }

  /** Or else a store would keep the counters of all tasks there ever were. */
  @Test
  void aTasksBudgetIsForgottenWhenNoTaskCanBeThatOld() {
    Watched watched = with(Limit.budget(BudgetScope.TASK, Meter.CALLS, 1, Duration.ofDays(365)));
    permitted(watched, watched.task(), 1);
    assertThat(watched.state.list("acme", "budget/task:calls/PT8760H")).hasSize(1);
    watched.clock.pass(HOUR);
    assertThat(watched.state.list("acme", "budget/task:calls/PT8760H")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void denialsUseABudgetUp(long most) {
    Watched watched = with(Limit.budget(BudgetScope.SUBJECT, Meter.DENIALS, most, HOUR));
    Task task = watched.task();
    for (int i = 0; i < most; i++) {
      permitted(watched, task, 2);
      watched.budgets.denied(task);
    }
    Decision refused = watched.decide(watched.task(), "look", NONE);
    assertThat(Watched.said(refused)).isEqualTo("budget_denials");
    assertThat(refused.basis().policies()).containsExactly("subject:denials");
    watched.budgets.denied(null);
  }

  @Test
  void credentialsThatAreUsedUpAreNotEvenDecidedOn() {
    Watched watched = with(Limit.budget(BudgetScope.TASK, Meter.CREDENTIALS, 0, HOUR));
    Task task = watched.task();
    assertThat(watched.said(task, "pay", "{\"eur\":1,\"fee\":0}")).isEqualTo("budget_credentials");
    permitted(watched, task, 1); // needs none
  }

  private static String eur(String amount) {
    return "{\"eur\":" + amount + "}";
  }

  @Test
  void paymentsProposedTogetherMustFitTogether() {
    Watched watched = with(Limit.amount(BudgetScope.TENANT, "eur", 100, HOUR));
    Task task = watched.task();
    List<ToolCall> calls =
        Stream.of("40", "60.0001", "60", "0.0001", "0")
            .map(amount -> watched.call(task, "give", eur(amount)))
            .toList();
    assertThat(watched.stage.decide(calls))
        .extracting(Watched::said)
        .containsExactly("permit", "budget_amount", "permit", "budget_amount", "permit");
    // Only looked at: it is taken when a call runs.
    assertThat(watched.said(task, "give", eur("100"))).isEqualTo("permit");
  }

  @Test
  void whatWasSpentBeforeCountsForPaymentsProposedTogether() {
    Watched watched = with(Limit.amount(BudgetScope.TENANT, "eur", 100, HOUR));
    Task task = watched.task();
    assertThat(watched.budgets.reserve(task, java.util.Map.of("eur", 500_000L))).isNull();
    List<ToolCall> calls =
        Collections.nCopies(3, eur("25")).stream()
            .map(arguments -> watched.call(task, "give", arguments))
            .toList();
    assertThat(watched.stage.decide(calls))
        .extracting(Watched::said)
        .containsExactly("permit", "permit", "budget_amount");
  }

  @Test
  void anAmountThatCannotBeReadIsDenied() {
    Watched watched = with(Limit.amount(BudgetScope.TASK, "eur", 100, HOUR));
    Task task = watched.task();
    for (String arguments : List.of(NONE, eur("null"), eur("-1"), eur("\"1\""))) {
      assertThat(watched.said(task, "give", arguments)).isEqualTo("amount_unreadable");
    }
  }

  static Stream<Supplier<OptionalLong>> failures() {
    return Stream.of(
        Broken.DOWN,
        () -> {
          throw new IllegalStateException("x");
        },
        () -> {
          throw new NoClassDefFoundError("x");
        });
  }

  /** Denials, rate, calls, bytes, amount, credentials, decisions: wherever it breaks. */
  @ParameterizedTest
  @MethodSource("failures")
  void aStoreThatFailsInTheMiddleDenies(Supplier<OptionalLong> way) {
    Limit[] all = {
      Limit.budget(BudgetScope.TASK, Meter.DENIALS, 9, HOUR),
      Limit.rate(BudgetScope.AGENT, 9, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.CALLS, 9, HOUR),
      Limit.budget(BudgetScope.TENANT, Meter.CALLS, 9, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.BYTES, 9, HOUR),
      Limit.amount(BudgetScope.SUBJECT, "eur", 9, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.CREDENTIALS, 9, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.DECISIONS, 9, HOUR)
    };
    for (int works = 0; works <= all.length; works++) {
      StateStore store =
          new Broken(new InMemoryStateStore(new dev.tollgate.fixture.Clock()), works, way);
      Watched watched = new Watched(Watched.only(all), false, store);
      Decision decision = watched.decide(watched.task(), "pay", "{\"eur\":1,\"fee\":0}");
      assertThat(Watched.said(decision))
          .as("after %d", works)
          .isEqualTo(works < all.length ? "state_unavailable" : "permit");
      watched.budgets.denied(watched.task()); // does not throw either
    }
  }

  @ParameterizedTest
  @MethodSource("countedAtAdmission")
  void aHundredThreadsPassALimitExactlyAsOftenAsItSays(Limit of, String reason, String meter)
      throws Exception {
    Limit limit = new Limit(of.scope(), of.meter(), null, 37, HOUR, of.rate());
    Watched watched = with(limit);
    Task task = watched.task();
    ToolCall call = watched.call(task, "look", NONE);
    List<String> said = Together.run(100, () -> Watched.said(watched.decide(call)));
    assertThat(said).filteredOn("permit"::equals).hasSize(37);
    assertThat(said).filteredOn(reason::equals).hasSize(63);
  }

  @Test
  void aTaskThatWasIdleForTooLongIsOver() {
    Watched watched = new Watched(new GuardSettings(false, Duration.ofMinutes(10), List.of()));
    Task task = watched.task();
    permitted(watched, task, 1);
    watched.clock.pass(Duration.ofMinutes(10));
    permitted(watched, task, 1);
    watched.clock.pass(Duration.ofMinutes(10).plusNanos(1));
    assertThat(watched.said(task, "look", NONE)).isEqualTo("task_idle");
    assertThat(watched.said(task, "look", NONE)).isEqualTo("task_idle");
  }

  @Test
  void whatWasRevokedIsDeniedBeforeAnythingIsCounted() {
    Watched watched = with(Limit.budget(BudgetScope.TENANT, Meter.CALLS, 1, HOUR));
    Task task = watched.task();
    Revocation unused = watched.kill().revoke(RevocationTarget.task("acme", task.id()), "root");
    assertThat(watched.said(task, "look", NONE)).isEqualTo("task_revoked");
    permitted(watched, watched.task(), 1);
  }

  @Test
  void aCallWithoutATaskIsDenied() {
    Watched watched = with();
    ToolCall call = watched.bench.call(null, watched.bench.tool("look"), NONE);
    assertThat(watched.decide(call)).isEqualTo(Decision.deny("guard", ReasonCode.STAGE_FAILED));
  }
}
