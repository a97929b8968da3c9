package dev.tollgate.guard;

import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of each budget, counted in the state store. Where several limits meet, the narrowest
 * is charged first, so that a task that has used up its own takes nothing from its tenant. What was
 * charged before another limit refused stays charged: giving it back would need a store that does
 * not fail in between, and a budget that is short by a refused call is on the safe side. A store
 * that fails refuses. Thread-safe; nothing here throws.
 */
public final class Budgets {
  private static final Logger log = LoggerFactory.getLogger(Budgets.class);
  private final StateStore state;
  private final List<Counter> counters;

  /**
   * @param limits all of them hold
   * @param longestTask how long a task can live; its budgets are forgotten after that
   */
  public Budgets(StateStore state, List<Limit> limits, Duration longestTask) {
    this.state = state;
    List<Counter> distinct = new ArrayList<>();
    limits.stream()
        // Narrowest first; of two that count the same, the lower.
        .sorted(Comparator.comparing(Limit::scope).thenComparing(Limit::most))
        .map(limit -> new Counter(limit, longestTask))
        .filter(counter -> distinct.stream().noneMatch(counter::sameAs))
        .forEach(distinct::add);
    this.counters = List.copyOf(distinct);
  }

  /** Counts a denied call, whatever it was denied for. */
  public void denied(@Nullable Task task) {
    if (task != null) {
      // Full or failing: the next call is refused for it.
      BudgetRefusal unused = charge(task, Meter.DENIALS, 1);
    }
  }

  /** Counts one call against the rate limits. */
  @Nullable BudgetRefusal rate(Task task) {
    return each(Limit::rate, counter -> add(counter, task, 1));
  }

  @Nullable BudgetRefusal charge(Task task, Meter meter, long n) {
    return each(of(meter), counter -> add(counter, task, n));
  }

  /** Counts what has happened already, also beyond the limit. */
  void overdraw(Task task, Meter meter, long n) {
    BudgetRefusal unused =
        each(
            of(meter),
            counter -> state.add(counter.key(task), n, Long.MAX_VALUE, counter.life()).isPresent());
  }

  /** Refuses if nothing is left; counts nothing. */
  @Nullable BudgetRefusal peek(Task task, Meter meter) {
    return each(of(meter), counter -> left(counter, task) > 0);
  }

  /** Takes amounts, in ten-thousandths, out of every budget of them. */
  @Nullable BudgetRefusal reserve(Task task, Map<String, Long> amounts) {
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      BudgetRefusal refused =
          each(of(amount.getKey()), counter -> add(counter, task, amount.getValue()));
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  /**
   * Refuses amounts of which less is left; counts nothing, but in {@code proposed}.
   *
   * @param proposed what the calls before this one, proposed together with it, would spend
   */
  @Nullable BudgetRefusal peek(Task task, Map<String, Long> amounts, Map<StateKey, Long> proposed) {
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      BudgetRefusal refused =
          each(
              of(amount.getKey()),
              counter ->
                  left(counter, task) - proposed.getOrDefault(counter.key(task), 0L)
                      >= amount.getValue());
      if (refused != null) {
        return refused;
      }
    }
    amounts.forEach(
        (name, amount) ->
            counters.stream()
                .filter(counter -> name.equals(counter.limit().amount()))
                .forEach(counter -> proposed.merge(counter.key(task), amount, Long::sum)));
    return null;
  }

  /**
   * What is left in the task's own budgets, 0 or more; of several the least.
   *
   * @return {@code null} if the task has no such budget
   * @throws dev.tollgate.state.StateException if the store cannot be read
   */
  public @Nullable Long left(Task task, Meter meter) {
    Long least = null;
    for (Counter counter : counters) {
      if (counter.limit().scope() == BudgetScope.TASK && of(meter).test(counter.limit())) {
        long left = Math.max(0, left(counter, task));
        least = least == null ? left : Math.min(least, left);
      }
    }
    return least;
  }

  /** Whether any limit looks at this amount. */
  boolean limits(String amount) {
    return counters.stream().anyMatch(counter -> amount.equals(counter.limit().amount()));
  }

  private static Predicate<Limit> of(Meter meter) {
    return limit -> limit.meter() == meter && !limit.rate();
  }

  private static Predicate<Limit> of(String amount) {
    return limit -> amount.equals(limit.amount());
  }

  private @Nullable BudgetRefusal each(Predicate<Limit> wanted, Predicate<Counter> holds) {
    for (Counter counter : counters) {
      if (wanted.test(counter.limit())) {
        try {
          if (!holds.test(counter)) {
            return counter.exhausted();
          }
        } catch (RuntimeException | Error e) {
          log.error("budget: the state store failed", e);
          return counter.unknown();
        }
      }
    }
    return null;
  }

  private boolean add(Counter counter, Task task, long n) {
    return state.add(counter.key(task), n, counter.limit().most(), counter.life()).isPresent();
  }

  /** May be below 0: what a tool returned is counted when it is there. */
  private long left(Counter counter, Task task) {
    long used =
        state.add(counter.key(task), 0, Long.MAX_VALUE, counter.life()).orElse(Long.MAX_VALUE);
    return counter.limit().most() - used;
  }
}
