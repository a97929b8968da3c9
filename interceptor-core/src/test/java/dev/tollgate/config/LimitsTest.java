package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final ToolManifest PAYS =
      new ToolManifest(
          List.of(
              new ListedTool(
                  "pay",
                  null,
                  Effect.PAY,
                  Map.of("sum", new Argument(ArgumentType.DECIMAL, true, "eur")),
                  null,
                  Sensitivity.INTERNAL,
                  ResultTrust.TRUSTED,
                  null,
                  null)));

  private static GuardSettings guard(Map<String, String> settings) {
    return Limits.guard(new Settings(settings), PAYS);
  }

  private static Limit only(String key, String value) {
    List<Limit> limits = guard(Map.of(key, value)).limits();
    return limits.stream()
        .filter(limit -> !GuardSettings.DEFAULT.limits().contains(limit))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingSetIsTheDefault() {
    assertThat(guard(Map.of())).isEqualTo(GuardSettings.DEFAULT);
  }

  @Test
  void loopsAndIdleTime() {
    GuardSettings set = guard(Map.of("tollgate.guard.loops", "false", "tollgate.task.idle", "90s"));
    assertThat(set.loops()).isFalse();
    assertThat(set.idle()).isEqualTo(Duration.ofSeconds(90));
    assertThatThrownBy(() -> guard(Map.of("tollgate.guard.loops", "no")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.guard.loops");
  }

  @ParameterizedTest
  @CsvSource({
    "tollgate.budget.agent.calls,100/1h,AGENT,CALLS,100,PT1H",
    "tollgate.budget.tenant.denials,7,TENANT,DENIALS,7,P1D",
    "tollgate.budget.subject.decisions,7 / 2d,SUBJECT,DECISIONS,7,P2D",
    "tollgate.budget.tenant.credentials,0/PT5M,TENANT,CREDENTIALS,0,PT5M",
    "tollgate.budget.agent.bytes,1000000/30s,AGENT,BYTES,1000000,PT30S"
  })
  void budgets(String key, String value, BudgetScope scope, Meter meter, long most, Duration per) {
    assertThat(only(key, value)).isEqualTo(Limit.budget(scope, meter, most, per));
  }

  @Test
  void amountsAreInWholeUnits() {
    assertThat(only("tollgate.budget.subject.amount.eur", "1000/1d"))
        .isEqualTo(Limit.amount(BudgetScope.SUBJECT, "eur", 1000, Duration.ofDays(1)));
  }

  @Test
  void rates() {
    assertThat(only("tollgate.rate.tenant", "60/1m"))
        .isEqualTo(Limit.rate(BudgetScope.TENANT, 60, Duration.ofMinutes(1)));
  }

  /** However long tasks may live. */
  @Test
  void aTasksBudgetHoldsForTheWholeTask() {
    assertThat(only("tollgate.budget.task.bytes", "9").per()).isGreaterThan(Duration.ofDays(300));
    assertThat(only("tollgate.budget.task.bytes", "9/1m").per()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aLimitThatIsSetTakesThePlaceOfTheDefaultAndARateDoesNot() {
    assertThat(guard(Map.of("tollgate.budget.task.calls", "3")).limits())
        .extracting(Limit::meter, Limit::most)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Meter.CALLS, 3L),
            org.assertj.core.groups.Tuple.tuple(Meter.DENIALS, 50L));
    assertThat(guard(Map.of("tollgate.rate.task", "3/1s")).limits()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "many",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "",
        " ",
        "/1h",
        "5/",
        "5/ ",
        "5/0s",
        "5/-1h",
        "5/1",
        "5/d",
        "5/1h/2",
        "5 per 1h",
        "5/P1",
        "9999999999999999999",
        "5/99999999999999999999d",
        "٣"
      })
  void valuesThatAreNone(String value) {
    for (String key :
        List.of(
            "tollgate.budget.task.calls",
            "tollgate.budget.task.amount.eur",
            "tollgate.rate.tenant")) {
      assertThatThrownBy(() -> guard(Map.of(key, value)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void aRateNeedsATimeAndAnAmountMustBeCountable() {
    assertThatThrownBy(() -> guard(Map.of("tollgate.rate.task", "60")))
        .hasMessageContaining("60/1m");
    assertThatThrownBy(() -> guard(Map.of("tollgate.budget.task.amount.eur", "999999999999999999")))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void anAmountThatNoToolSpendsWouldLimitNothing() {
    assertThatThrownBy(() -> guard(Map.of("tollgate.budget.task.amount.euro", "5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.budget.task.amount.euro");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tollgate.budget.taks.calls",
        "tollgate.budget.task",
        "tollgate.budget.task.",
        "tollgate.budget.task.call",
        "tollgate.budget.TASK.calls",
        "tollgate.budget.task.amount",
        "tollgate.budget.task.amount.",
        "tollgate.budget.task.amount.EUR",
        "tollgate.budget.task.amount.eur.x",
        "tollgate.budget.task.calls.eur",
        "tollgate.budget.task.rate",
        "tollgate.rate.user",
        "tollgate.rate.task.calls"
      })
  void keysThatAreNone(String key) {
    assertThat(Limits.known(key)).isFalse();
    assertThatThrownBy(() -> guard(Map.of(key, "5/1m")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key);
  }

  @Test
  void everyScopeAndMeterHasAKey() {
    for (BudgetScope scope : BudgetScope.values()) {
      assertThat(Limits.known("tollgate.rate." + scope.text())).isTrue();
      assertThat(Arrays.asList(Meter.values()))
          .allMatch(
              meter ->
                  Limits.known(
                      "tollgate.budget."
                          + scope.text()
                          + "."
                          + meter.text()
                          + (meter == Meter.AMOUNT ? ".eur" : "")));
    }
    assertThat(Limits.known("tollgate.task.idle")).isFalse();
  }
}
