package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.AdmittedCall;
import dev.tollgate.ExecutionInterceptor;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Clock;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendBudgetTest {
  private static final Duration HOUR = Watched.HOUR;
  private static final DelegatedAmounts NONE = (task, delegation, amounts) -> null;
  private final AtomicInteger runs = new AtomicInteger();

  /** The rest of the chain: a tool that returns this. */
  private record Rest(AdmittedCall call, AtomicInteger runs, ToolResult result)
      implements ExecutionInterceptor.Chain {
    @Override
    public CallJournal journal() {
      throw new IllegalStateException("nothing to write down");
    }

    @Override
    public ToolResult proceed() {
      runs.incrementAndGet();
      return result;
    }

    @Override
    public ToolResult deny(ReasonCode reason) {
      return new ToolResult.Denied(new dev.tollgate.Denial(reason, call.call().id()));
    }
  }

  private @Nullable ReasonCode run(
      Watched watched, SpendBudget stage, ToolCall call, ToolResult result) {
    AdmittedCall admitted = (AdmittedCall) watched.bench.gate().admit(List.of(call)).get(0);
    return Bench.reason(stage.intercept(new Rest(admitted, runs, result)));
  }

  private @Nullable ReasonCode run(Watched watched, Task task, String tool, String arguments) {
    return run(
        watched,
        new SpendBudget(watched.budgets, NONE, false),
        watched.call(task, tool, arguments),
        ToolResult.returned("done"));
  }

  private static Watched with(Limit... limits) {
    return new Watched(Watched.only(limits));
  }

  private static String eur(String amount) {
    return "{\"eur\":" + amount + "}";
  }

  @ParameterizedTest
  @EnumSource(BudgetScope.class)
  void amountsAreTakenUntilTheyAreUsedUp(BudgetScope scope) {
    Watched watched = with(Limit.amount(scope, "eur", 100, HOUR));
    Task task = watched.task();
    assertThat(run(watched, task, "give", eur("60"))).isNull();
    assertThat(run(watched, task, "give", eur("40.01"))).isEqualTo(ReasonCode.BUDGET_AMOUNT);
    assertThat(run(watched, task, "give", eur("40"))).isNull();
    assertThat(run(watched, task, "give", eur("0.0001"))).isEqualTo(ReasonCode.BUDGET_AMOUNT);
    assertThat(watched.said(task, "give", eur("0.0001"))).isEqualTo("budget_amount");
    assertThat(run(watched, watched.task("globex", "alice", "office"), "give", eur("100")))
        .isNull();
    assertThat(runs).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource(BudgetScope.class)
  void requestsToTheTokenServerAreCountedWhereAToolNeedsOne(BudgetScope scope) {
    Watched watched = with(Limit.budget(scope, Meter.CREDENTIALS, 2, HOUR));
    Task task = watched.task();
    for (int i = 0; i < 5; i++) {
      assertThat(run(watched, task, "look", "{}")).isNull();
    }
    assertThat(run(watched, task, "pay", eur("1"))).isNull();
    assertThat(run(watched, task, "pay", eur("1"))).isNull();
    assertThat(run(watched, task, "pay", eur("1"))).isEqualTo(ReasonCode.BUDGET_CREDENTIALS);
    assertThat(watched.said(task, "pay", eur("1"))).isEqualTo("budget_credentials");
    assertThat(run(watched, watched.task("globex", "alice", "office"), "pay", eur("1"))).isNull();
  }

  @ParameterizedTest
  @EnumSource(BudgetScope.class)
  void whatAToolReturnedIsCountedAlsoBeyondTheBudgetAndTheNextCallDenied(BudgetScope scope) {
    Watched watched = with(Limit.budget(scope, Meter.BYTES, 10, HOUR));
    Task task = watched.task();
    SpendBudget stage = new SpendBudget(watched.budgets, NONE, false);
    ToolCall call = watched.call(task, "look", "{}");
    assertThat(run(watched, stage, call, ToolResult.returned("123456789"))).isNull();
    assertThat(watched.said(task, "look", "{}")).isEqualTo("permit");
    assertThat(run(watched, stage, call, ToolResult.returned("€".repeat(1000)))).isNull();
    assertThat(watched.said(task, "look", "{}")).isEqualTo("budget_bytes");
    assertThat(watched.decide(task, "look", "{}").basis().policies())
        .containsExactly(scope.text() + ":bytes");
    assertThat(watched.state.list("acme", "budget/" + scope.text() + ":bytes/" + HOUR))
        .containsValue("3009");
    assertThat(watched.said(watched.task("globex", "alice", "office"), "look", "{}"))
        .isEqualTo("permit");
  }

  @Test
  void aToolThatFailedReturnedNothing() {
    Watched watched = with(Limit.budget(BudgetScope.TASK, Meter.BYTES, 1, HOUR));
    Task task = watched.task();
    SpendBudget stage = new SpendBudget(watched.budgets, NONE, false);
    ToolResult failed = new ToolResult.Failed(new IllegalStateException("a long message"));
    assertThat(run(watched, stage, watched.call(task, "look", "{}"), failed)).isNull();
    assertThat(watched.said(task, "look", "{}")).isEqualTo("permit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "ä€", "a\uD83D\uDE00b", "\u07FF\u0800\uFFFF", "日本語テキスト"})
  void bytesAreCountedAsUtf8WritesThem(String text) {
    assertThat(SpendBudget.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void aHundredThreadsSpendNoMoreThanThereIs() throws Exception {
    Watched watched =
        with(
            Limit.amount(BudgetScope.TENANT, "eur", 37, HOUR),
            Limit.amount(BudgetScope.TASK, "eur", 1000, HOUR));
    Task task = watched.task();
    SpendBudget stage = new SpendBudget(watched.budgets, NONE, false);
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(watched.call(task, "give", eur("1")));
    }
    AtomicInteger next = new AtomicInteger();
    List<ReasonCode> refused = new ArrayList<>();
    for (var reason :
        Together.run(
            100,
            () ->
                java.util.Optional.ofNullable(
                    run(
                        watched,
                        stage,
                        calls.get(next.getAndIncrement()),
                        ToolResult.returned("paid"))))) {
      reason.ifPresent(refused::add);
    }
    assertThat(runs).hasValue(37);
    assertThat(refused).hasSize(63).containsOnly(ReasonCode.BUDGET_AMOUNT);
  }

  @Test
  void anAmountThatCannotBeReadStopsTheCallAlsoInObserveMode() {
    Watched watched = with(Limit.amount(BudgetScope.TASK, "eur", 1, HOUR));
    Task task = watched.task();
    for (boolean observe : new boolean[] {false, true}) {
      SpendBudget stage = new SpendBudget(watched.budgets, NONE, observe);
      ToolCall call = watched.call(task, "give", "{}");
      assertThat(run(watched, stage, call, ToolResult.returned("x")))
          .isEqualTo(ReasonCode.AMOUNT_UNREADABLE);
    }
    assertThat(runs).hasValue(0);
  }

  @Test
  void observeModeCountsAndLetsTheCallRun() {
    Watched watched =
        with(
            Limit.amount(BudgetScope.TASK, "eur", 1, HOUR),
            Limit.budget(BudgetScope.TASK, Meter.CREDENTIALS, 1, HOUR));
    Task task = watched.task();
    SpendBudget stage = new SpendBudget(watched.budgets, NONE, true);
    for (int i = 0; i < 3; i++) {
      ToolCall call = watched.call(task, "pay", "{\"eur\":1,\"fee\":0}");
      assertThat(run(watched, stage, call, ToolResult.returned("x"))).isNull();
    }
    assertThat(runs).hasValue(3);
    assertThat(watched.said(task, "give", eur("1"))).isEqualTo("budget_amount");
  }

  @Test
  void aStoreThatFailsInTheMiddleStopsTheCallAlsoInObserveMode() {
    Limit[] all = {
      Limit.budget(BudgetScope.TASK, Meter.CREDENTIALS, 9, HOUR),
      Limit.amount(BudgetScope.TASK, "eur", 9, HOUR),
      Limit.amount(BudgetScope.TENANT, "eur", 9, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.BYTES, 9, HOUR)
    };
    for (boolean observe : new boolean[] {false, true}) {
      for (int works = 0; works <= all.length; works++) {
        Watched watched =
            new Watched(
                Watched.only(all),
                observe,
                new Broken(new InMemoryStateStore(new Clock()), works, Broken.DOWN));
        SpendBudget stage = new SpendBudget(watched.budgets, NONE, observe);
        ToolCall call = watched.call(watched.task(), "pay", "{\"eur\":1,\"fee\":0}");
        ReasonCode reason = run(watched, stage, call, ToolResult.returned("x"));
        // What the tool returned is its result, whether or not it can be counted.
        assertThat(reason).isEqualTo(works < 3 ? ReasonCode.STATE_UNAVAILABLE : null);
      }
    }
    assertThat(runs).hasValue(4);
  }

  private static Task delegated(Watched watched) {
    Task task = watched.task();
    Grant grant = Grant.to("clerk").tools("look", "give").amount("eur", 100);
    try {
      String signed = watched.bench.gate().delegations().delegate(task, grant);
      return watched
          .bench
          .gate()
          .delegations()
          .accept(signed, Objects.requireNonNull(task.caller()), AgentIdentity.of("clerk"));
    } catch (DelegationException e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable ReasonCode delegated(DelegatedAmounts delegated, boolean observe) {
    Watched watched = with();
    Task task = delegated(watched);
    return run(
        watched,
        new SpendBudget(watched.budgets, delegated, observe),
        watched.call(task, "give", eur("2.5")),
        ToolResult.returned("x"));
  }

  @Test
  void whatWasDelegatedIsTakenToo() {
    List<Map<String, Long>> spent = new ArrayList<>();
    assertThat(
            delegated(
                (task, delegation, amounts) -> {
                  assertThat(delegation.grant().to()).isEqualTo("clerk");
                  spent.add(amounts);
                  return null;
                },
                false))
        .isNull();
    assertThat(spent).containsExactly(Map.of("eur", 25_000L));
    assertThat(delegated((t, d, a) -> ReasonCode.DELEGATION_BUDGET, false))
        .isEqualTo(ReasonCode.DELEGATION_BUDGET);
    assertThat(delegated((t, d, a) -> ReasonCode.DELEGATION_BUDGET, true)).isNull();
  }

  @Test
  void aDelegationOfWhichNobodyKnowsStopsTheCall() {
    for (boolean observe : new boolean[] {false, true}) {
      assertThat(
              delegated(
                  (t, d, a) -> {
                    throw new StateException("told to fail");
                  },
                  observe))
          .isEqualTo(ReasonCode.STATE_UNAVAILABLE);
      assertThat(
              delegated(
                  (t, d, a) -> {
                    throw new IllegalArgumentException("x");
                  },
                  observe))
          .isEqualTo(ReasonCode.STAGE_FAILED);
    }
    assertThat(runs).hasValue(0);
  }

  @Test
  void aCallThatSpendsNothingAsksNoDelegation() {
    Watched watched = with();
    Task task = delegated(watched);
    SpendBudget stage =
        new SpendBudget(watched.budgets, (t, d, a) -> ReasonCode.DELEGATION_BUDGET, false);
    ToolCall call = watched.call(task, "look", "{}");
    assertThat(run(watched, stage, call, ToolResult.returned("x"))).isNull();
  }
}
