package dev.tollgate.guard;

import dev.tollgate.task.CallTrail;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells from a task's last calls whether the newest one goes round in circles. */
final class LoopWatch {
  private static final int REPEATS = 4;
  private static final int IN_WINDOW = 6;
  private static final int ROUNDS = 3;

  /** Which circle. */
  enum Rule {
    /** The same call four times in a row. */
    REPEAT,
    /** The same call six times among the last {@link CallTrail#LENGTH}. */
    WINDOW,
    /** The same two or three calls, three times one after the other. */
    CYCLE;

    /** As a decision's basis names it, such as {@code loop:repeat}. */
    String text() {
      return "loop:" + name().toLowerCase(Locale.ROOT);
    }
  }

  private LoopWatch() {}

  /**
   * The rule that the newest call breaks.
   *
   * @param trail fingerprints, the oldest first
   * @param size how many there are
   */
  static @Nullable Rule broken(long[] trail, int size) {
    if (size < REPEATS) {
      return null;
    }
    if (goesBack(trail, size, 1, REPEATS - 1)) {
      return Rule.REPEAT;
    }
    if (goesBack(trail, size, 2, 2 * (ROUNDS - 1)) || goesBack(trail, size, 3, 3 * (ROUNDS - 1))) {
      return Rule.CYCLE;
    }
    return countOfNewest(trail, size) >= IN_WINDOW ? Rule.WINDOW : null;
  }

  /** Whether each of the last {@code calls} is the same as the one {@code length} before it. */
  private static boolean goesBack(long[] trail, int size, int length, int calls) {
    if (size < length + calls) {
      return false;
    }
    for (int i = size - calls; i < size; i++) {
      if (trail[i] != trail[i - length]) {
        return false;
      }
    }
    return true;
  }

  private static int countOfNewest(long[] trail, int size) {
    long newest = trail[size - 1];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (trail[i] == newest) {
        count++;
      }
    }
    return count;
  }
}
