package dev.tollgate.guard;

import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.task.Task;
import java.time.Duration;

/** A limit and where the state store counts for it. */
final class Counter {
  private final Limit limit;
  private final String name;
  private final String room;
  private final Duration life;

  /**
   * @param longestTask how long a task can live, and so its counters
   */
  Counter(Limit limit, Duration longestTask) {
    this.limit = limit;
    this.name = name(limit);
    this.room = "budget/" + name + "/" + limit.per();
    boolean outlivesTask =
        limit.scope() == BudgetScope.TASK && limit.per().compareTo(longestTask) > 0;
    this.life = outlivesTask ? longestTask : limit.per();
  }

  Limit limit() {
    return limit;
  }

  /** Whether it is a budget of what a meter counts. */
  boolean counts(Meter meter) {
    return limit.meter() == meter && !limit.rate();
  }

  Duration life() {
    return life;
  }

  /** Such as {@code task:calls}, {@code tenant:rate} or {@code subject:amount:eur}. */
  private static String name(Limit limit) {
    String scope = limit.scope().text() + ":";
    if (limit.rate()) {
      return scope + "rate";
    }
    String meter = scope + limit.meter().text();
    return limit.amount() == null ? meter : meter + ":" + limit.amount();
  }

  /** Made of what is there already: this is asked several times a call. */
  StateKey key(Task task) {
    String id =
        switch (limit.scope()) {
          case TASK -> task.id();
          case AGENT -> task.agent().id();
          case SUBJECT -> task.caller() == null ? "" : task.caller().subject();
          case TENANT -> "";
        };
    return new StateKey(task.conversation().tenant(), room, id);
  }

  BudgetRefusal exhausted() {
    return new BudgetRefusal(limit.exhausted(), name);
  }

  BudgetRefusal unknown() {
    return new BudgetRefusal(ReasonCode.STATE_UNAVAILABLE, name);
  }

  /** Whether another limit counts the very same. */
  boolean sameAs(Counter other) {
    return room.equals(other.room);
  }
}
