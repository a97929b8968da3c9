package dev.tollgate.guard;

import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
  private final List<Counter> rates;
  private final Map<Meter, List<Counter>> meters = new EnumMap<>(Meter.class);
  private final Map<String, List<Counter>> amounts = new HashMap<>();
  private final Check add =
      (counter, task, n) -> store(counter, task, n, counter.limit().most()).isPresent();
  private final Check overdraw =
      (counter, task, n) -> store(counter, task, n, Long.MAX_VALUE).isPresent();
  private final Check covers = (counter, task, n) -> left(counter, task) >= n;

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
    this.rates = distinct.stream().filter(counter -> counter.limit().rate()).toList();
    for (Meter meter : Meter.values()) {
      meters.put(meter, distinct.stream().filter(counter -> counter.counts(meter)).toList());
    }
    for (Counter counter : meters.getOrDefault(Meter.AMOUNT, List.of())) {
      String amount = String.valueOf(counter.limit().amount());
      amounts.computeIfAbsent(amount, a -> new ArrayList<>()).add(counter);
    }
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
    return each(rates, add, task, 1);
  }

  @Nullable BudgetRefusal charge(Task task, Meter meter, long n) {
    return each(of(meter), add, task, n);
  }

  /** Counts what has happened already, also beyond the limit. */
  void overdraw(Task task, Meter meter, long n) {
    BudgetRefusal unused = each(of(meter), overdraw, task, n);
  }

  /** Refuses if nothing is left; counts nothing. */
  @Nullable BudgetRefusal peek(Task task, Meter meter) {
    return each(of(meter), covers, task, 1);
  }

  /** Takes amounts, in ten-thousandths, out of every budget of them. */
  @Nullable BudgetRefusal reserve(Task task, Map<String, Long> amounts) {
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      BudgetRefusal refused = each(of(amount.getKey()), add, task, amount.getValue());
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
              (counter, of, n) ->
                  left(counter, of) - proposed.getOrDefault(counter.key(of), 0L) >= n,
              task,
              amount.getValue());
      if (refused != null) {
        return refused;
      }
    }
    amounts.forEach(
        (name, amount) ->
            of(name).forEach(counter -> proposed.merge(counter.key(task), amount, Long::sum)));
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
    for (Counter counter : of(meter)) {
      if (counter.limit().scope() == BudgetScope.TASK) {
        long left = Math.max(0, left(counter, task));
        least = least == null ? left : Math.min(least, left);
      }
    }
    return least;
  }

  /** Whether any limit looks at any amount. */
  boolean limitsAmounts() {
    return !amounts.isEmpty();
  }

  /** Whether any limit looks at this amount. */
  boolean limits(String amount) {
    return amounts.containsKey(amount);
  }

  private List<Counter> of(Meter meter) {
    return meters.getOrDefault(meter, List.of());
  }

  private List<Counter> of(String amount) {
    return amounts.getOrDefault(amount, List.of());
  }

  /** Whether a counter leaves room for so much of a task. */
  @FunctionalInterface
  private interface Check {
    boolean holds(Counter counter, Task task, long n);
  }

  private static @Nullable BudgetRefusal each(
      List<Counter> counters, Check check, Task task, long n) {
    for (int i = 0; i < counters.size(); i++) { // without an iterator: asked several times a call
      Counter counter = counters.get(i);
      try {
        if (!check.holds(counter, task, n)) {
          return counter.exhausted();
        }
      } catch (RuntimeException | Error e) {
        log.error("budget: the state store failed", e);
        return counter.unknown();
      }
    }
    return null;
  }

  private OptionalLong store(Counter counter, Task task, long n, long most) {
    return state.add(counter.key(task), n, most, counter.life());
  }

  /** May be below 0: what a tool returned is counted when it is there. */
  private long left(Counter counter, Task task) {
    long used = store(counter, task, 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    return counter.limit().most() - used;
  }
}
