package dev.tollgate.config;

import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.tool.ToolManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads budgets and rate limits: {@code tollgate.budget.<scope>.<meter>}, {@code
 * tollgate.budget.<scope>.amount.<name>} and {@code tollgate.rate.<scope>}, each {@code most/per}.
 */
final class Limits {
  private static final String BUDGET = "tollgate.budget.";
  private static final String RATE = "tollgate.rate.";
  private static final String SCOPE =
      Arrays.stream(BudgetScope.values()).map(BudgetScope::text).collect(Collectors.joining("|"));
  private static final String METER =
      Arrays.stream(Meter.values())
          .map(meter -> meter == Meter.AMOUNT ? "amount\\.[a-z][a-z0-9_-]{0,31}" : meter.text())
          .collect(Collectors.joining("|"));
  private static final Pattern KNOWN =
      Pattern.compile(
          Pattern.quote(BUDGET)
              + "(?:"
              + SCOPE
              + ")\\.(?:"
              + METER
              + ")|"
              + Pattern.quote(RATE)
              + "(?:"
              + SCOPE
              + ")");
  private static final Pattern MOST = Pattern.compile("[0-9]{1,18}");
  private static final Duration DAY = Duration.ofDays(1);

  /** Longer than any task: its budgets end with it. */
  private static final Duration TASK = Duration.ofDays(365);

  private Limits() {}

  /** Whether this is the key of a limit. */
  static boolean known(String key) {
    return KNOWN.matcher(key).matches();
  }

  /**
   * What the guard looks at: loops, idle time, and limits.
   *
   * @throws ConfigurationException for a key or a value that cannot be used
   */
  static GuardSettings guard(Settings settings, ToolManifest manifest) {
    boolean loops = settings.oneOf("tollgate.guard.loops", "true", "true", "false").equals("true");
    Duration idle = settings.duration("tollgate.task.idle", GuardSettings.DEFAULT.idle());
    return new GuardSettings(loops, idle, read(settings, manifest));
  }

  /** All limits that are set, and those of {@link GuardSettings#DEFAULT} that are not. */
  private static List<Limit> read(Settings settings, ToolManifest manifest) {
    List<Limit> limits = new ArrayList<>();
    for (String key : settings.keys()) {
      if (key.startsWith(BUDGET) || key.startsWith(RATE)) {
        Limit limit = limit(settings, key);
        if (limit.amount() != null && !spent(limit.amount(), manifest)) {
          throw new ConfigurationException(key, "limits what no tool of the manifest spends");
        }
        limits.add(limit);
      }
    }
    for (Limit usual : GuardSettings.DEFAULT.limits()) {
      if (limits.stream().noneMatch(limit -> sameThing(limit, usual))) {
        limits.add(usual);
      }
    }
    return List.copyOf(limits);
  }

  private static boolean spent(String amount, ToolManifest manifest) {
    return manifest.tools().stream()
        .flatMap(tool -> tool.arguments().values().stream())
        .anyMatch(argument -> amount.equals(argument.spends()));
  }

  private static boolean sameThing(Limit limit, Limit other) {
    return limit.scope() == other.scope()
        && limit.meter() == other.meter()
        && limit.rate() == other.rate();
  }

  private static Limit limit(Settings settings, String key) {
    if (!known(key)) {
      throw new ConfigurationException(key, "is not the key of a limit");
    }
    boolean rate = key.startsWith(RATE);
    String[] name = key.substring(rate ? RATE.length() : BUDGET.length()).split("\\.", 3);
    BudgetScope scope = BudgetScope.valueOf(name[0].toUpperCase(Locale.ROOT));
    String value = settings.require(key);
    int slash = value.indexOf('/');
    if (rate && slash < 0) {
      throw new ConfigurationException(
          key, "must say per what, such as 60/1m, not '" + value + "'");
    }
    long most = most(key, value, slash < 0 ? value : value.substring(0, slash));
    Duration per =
        slash < 0
            ? scope == BudgetScope.TASK ? TASK : DAY
            : per(key, value, value.substring(slash + 1).strip());
    if (rate) {
      return Limit.rate(scope, most, per);
    }
    Meter meter = Meter.valueOf(name[1].toUpperCase(Locale.ROOT));
    return meter == Meter.AMOUNT
        ? amount(key, scope, name[2], most, per)
        : Limit.budget(scope, meter, most, per);
  }

  private static Limit amount(String key, BudgetScope scope, String name, long most, Duration per) {
    try {
      return Limit.amount(scope, name, most, per);
    } catch (ArithmeticException e) {
      throw new ConfigurationException(key, "is larger than can be counted: " + most);
    }
  }

  private static long most(String key, String value, String most) {
    if (!MOST.matcher(most.strip()).matches()) {
      throw new ConfigurationException(
          key, "must be a whole number, or one per time such as 100/1h, not '" + value + "'");
    }
    return Long.parseLong(most.strip());
  }

  private static Duration per(String key, String value, String per) {
    if (per.isEmpty()) {
      throw new ConfigurationException(key, "must say per what after the slash: '" + value + "'");
    }
    // Days are longer than other settings need, so that these know no short form for them.
    String iso = per.matches("[0-9]+d") ? "P" + per : per;
    return new Settings(Map.of(key, iso)).duration(key, DAY);
  }
}
