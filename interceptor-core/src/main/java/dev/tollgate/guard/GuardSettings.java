package dev.tollgate.guard;

import java.time.Duration;
import java.util.List;

/**
 * What the guard looks at.
 *
 * @param loops whether loops are stepped up and then stopped
 * @param idle how long a task may go without a call
 * @param limits budgets and rate limits; all of them hold
 */
public record GuardSettings(boolean loops, Duration idle, List<Limit> limits) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Loops; ten minutes idle; 250 calls and 50 denials a task. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          true,
          Duration.ofMinutes(10),
          List.of(
              Limit.budget(BudgetScope.TASK, Meter.CALLS, 250, DAY),
              Limit.budget(BudgetScope.TASK, Meter.DENIALS, 50, DAY)));

  /** Neither loops nor limits; revocation and deadlines hold all the same. */
  public static final GuardSettings OFF = new GuardSettings(false, Duration.ofDays(365), List.of());

  public GuardSettings {
    limits = List.copyOf(limits);
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("a task's idle time is above 0, not " + idle);
    }
  }

  /** The same with other limits. */
  public GuardSettings withLimits(Limit... others) {
    return new GuardSettings(loops, idle, List.of(others));
  }
}
