package dev.tollgate.demo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which steps carry an attack.
 *
 * @param any every one of these is needed
 * @param groups of each of these groups at least one is needed
 */
record AttackLabel(Set<Integer> any, List<Set<Integer>> groups) {
  AttackLabel {
    any = Set.copyOf(any);
    groups = groups.stream().map(Set::copyOf).toList();
  }

  /** Whether the attack failed, given which steps ran. */
  boolean stopped(IntPredicate ran) {
    return any.stream().anyMatch(step -> !ran.test(step))
        || groups.stream().anyMatch(group -> group.stream().noneMatch(ran::test));
  }

  /** Every step named here, in order. */
  Set<Integer> critical() {
    Set<Integer> all = new TreeSet<>(any);
    groups.forEach(all::addAll);
    return all;
  }

  /** Reads a label; {@code null} if it is missing, names nothing, or a step there is not. */
  static @Nullable AttackLabel read(JsonNode label, int steps) {
    List<Set<Integer>> groups = new ArrayList<>();
    for (JsonNode group : label.path("critical_groups")) {
      Set<Integer> read = steps(group, steps);
      if (read == null || read.isEmpty()) {
        return null;
      }
      groups.add(read);
    }
    Set<Integer> any = steps(label.path("critical_any"), steps);
    return any == null || (any.isEmpty() && groups.isEmpty()) ? null : new AttackLabel(any, groups);
  }

  private static @Nullable Set<Integer> steps(JsonNode list, int steps) {
    Set<Integer> read = new TreeSet<>();
    for (JsonNode step : list) {
      if (!step.isInt() || step.asInt() < 0 || step.asInt() >= steps) {
        return null;
      }
      read.add(step.asInt());
    }
    return read;
  }
}
