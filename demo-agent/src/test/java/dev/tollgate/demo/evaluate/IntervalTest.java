package dev.tollgate.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final List<Double> RATES =
      IntStream.range(0, 40).mapToObj(i -> i % 4 == 0 ? 1.0 : i % 3 / 4.0).toList();

  @Test
  void theSameTasksGiveTheSameInterval() {
    assertThat(Interval.of(new ArrayList<>(RATES))).isEqualTo(Interval.of(RATES));
  }

  @Test
  void theIntervalContainsTheMeanAndIsAsWideAsTheNormalOne() {
    Interval interval = Interval.of(RATES);
    double mean = RATES.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double variance = RATES.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum() / 40;
    assertThat(interval.mean()).isCloseTo(mean, within(1e-12));
    assertThat(interval.low()).isLessThan(mean);
    assertThat(interval.high()).isGreaterThan(mean);
    // 1.96 standard errors to each side, give or take what 2,000 resamples leave open
    double normal = 2 * 1.96 * Math.sqrt(variance / 40);
    assertThat(interval.high() - interval.low()).isBetween(0.85 * normal, 1.15 * normal);
    assertThat(interval.tasks()).isEqualTo(40);
  }

  @Test
  void ofTasksThatAreAllAlikeNothingIsUncertain() {
    assertThat(Interval.of(List.of(1.0, 1.0, 1.0))).isEqualTo(new Interval(1, 1, 1, 3));
  }

  @Test
  void withoutTasksThereIsNoMean() {
    assertThat(Interval.of(List.of()).mean()).isNaN();
    assertThat(Interval.of(List.of()).tasks()).isZero();
  }
}
