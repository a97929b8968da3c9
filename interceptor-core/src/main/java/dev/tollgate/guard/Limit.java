package dev.tollgate.guard;

import dev.tollgate.delegation.Grant;
import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit.
 *
 * @param scope whose
 * @param meter what is counted
 * @param amount which amount, for {@link Meter#AMOUNT}; {@code null} for the others
 * @param most how much, in the meter's unit
 * @param per how long until it is counted from 0 again; for a task at most its life
 * @param rate whether it is a rate limit: then a call too many is denied {@code rate_limited}
 */
public record Limit(
    BudgetScope scope,
    Meter meter,
    @Nullable String amount,
    long most,
    Duration per,
    boolean rate) {
  public Limit {
    if ((meter == Meter.AMOUNT) != (amount != null)) {
      throw new IllegalArgumentException("an amount has a name, and nothing else has");
    }
    if (most < 0) {
      throw new IllegalArgumentException("a limit is 0 or more, not " + most);
    }
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a limit is counted over a time above 0, not " + per);
    }
  }

  /** A budget. */
  public static Limit budget(BudgetScope scope, Meter meter, long most, Duration per) {
    return new Limit(scope, meter, null, most, per, false);
  }

  /** A budget of an amount, in whole units. */
  public static Limit amount(BudgetScope scope, String amount, long most, Duration per) {
    return new Limit(scope, Meter.AMOUNT, amount, Math.multiplyExact(most, Grant.UNIT), per, false);
  }

  /** A rate limit on calls. */
  public static Limit rate(BudgetScope scope, long most, Duration per) {
    return new Limit(scope, Meter.CALLS, null, most, per, true);
  }

  /** Why a call is denied when nothing is left. */
  public ReasonCode exhausted() {
    return rate ? ReasonCode.RATE_LIMITED : meter.exhausted();
  }
}
