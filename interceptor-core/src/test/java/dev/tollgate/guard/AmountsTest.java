package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class AmountsTest {
  private final Watched free = new Watched(GuardSettings.OFF);
  private final Watched limited =
      new Watched(Watched.only(Limit.amount(BudgetScope.TENANT, "eur", 1, Watched.HOUR)));

  private static @Nullable Map<String, Long> of(Watched watched, String tool, String arguments) {
    Task task = watched.task();
    return Amounts.of(watched.call(task, tool, arguments), task, watched.budgets);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "1,10000",
    "12.34,123400",
    "0.0001,1",
    "1e2,1000000",
    "0.29,2900",
    "99999999999999,999999999999990000"
  })
  void exactlyInTenThousandths(String number, long expected) {
    assertThat(of(limited, "give", "{\"eur\":" + number + "}")).isEqualTo(Map.of("eur", expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0.0001",
        "0.00001",
        "1e14",
        "1e300",
        "\"5\"",
        "true",
        "[1]",
        "{\"eur\":1}"
      })
  void whatIsNoAmountCannotBeReadWhereSomethingLimitsIt(String number) {
    assertThat(of(free, "give", "{\"eur\":" + number + "}")).isEmpty();
    assertThat(of(limited, "give", "{\"eur\":" + number + "}")).isNull();
  }

  @Test
  void aWholeNumberThatIsTooLargeOrNotWholeCannotBeRead() {
    assertThat(of(limited, "count", "{\"eur\":900719925474}"))
        .isEqualTo(Map.of("eur", 9_007_199_254_740_000L));
    assertThat(of(limited, "count", "{\"eur\":9007199254740992}")).isNull(); // times 10,000
    assertThat(of(limited, "count", "{\"eur\":1.5}")).isNull();
  }

  @Test
  void argumentsOfOneAmountAddUp() {
    assertThat(of(limited, "pay", "{\"to\":\"x\",\"eur\":10,\"fee\":0.5}"))
        .isEqualTo(Map.of("eur", 105_000L));
    assertThat(of(limited, "pay", "{\"eur\":10,\"fee\":-5}")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"eur\":null}"})
  void whatIsLeftOutSpendsNothingUnlessSomethingLimitsIt(String arguments) {
    assertThat(of(free, "give", arguments)).isEmpty();
    assertThat(of(limited, "give", arguments)).isNull();
    Task task = free.task();
    VerifiedDelegation delegation = Mockito.mock(VerifiedDelegation.class);
    Task delegated = task.delegated(task.agent(), delegation, task.deadlineNanos());
    assertThat(Amounts.of(free.call(delegated, "give", arguments), delegated, free.budgets))
        .isNull();
  }

  @Test
  void aToolThatSpendsNothingSpendsNothing() {
    assertThat(of(limited, "look", "{\"eur\":\"x\"}")).isEmpty();
    assertThat(of(limited, "made-up", "{\"eur\":7}")).isEmpty();
  }

  @Test
  void argumentsThatWereRefusedCannotBeRead() {
    assertThat(of(limited, "give", "{\"eur\":1")).isNull();
  }
}
