package dev.tollgate.demo.evaluate;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.tool.Effect;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the recorded calls, as an operator would set it up: the same for every trace.
 *
 * @param groups the agent's groups
 * @param asked the effects that every task is started for; {@code null} if nobody says
 */
record ReplayedAgent(Set<String> groups, @Nullable Set<Effect> asked) {
  ReplayedAgent {
    groups = Set.copyOf(groups);
    asked = asked == null ? null : Set.copyOf(asked);
  }

  /**
   * @throws IllegalArgumentException for an effect that does not exist
   */
  static ReplayedAgent of(List<String> groups, @Nullable List<String> effects) {
    return new ReplayedAgent(Set.copyOf(groups), effects == null ? null : effects(effects));
  }

  private static Set<Effect> effects(List<String> names) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    for (String name : names) {
      effects.add(
          Arrays.stream(Effect.values())
              .filter(effect -> effect.text().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("--asks: no effect '" + name + "'")));
    }
    return effects;
  }

  AgentIdentity identity() {
    return new AgentIdentity("replayed-agent", groups);
  }

  /** The groups, sorted, as the report names them. */
  List<String> groupNames() {
    return List.copyOf(new TreeSet<>(groups));
  }

  /** The effects, sorted, as the report names them; {@code null} if nobody says. */
  @Nullable List<String> askedNames() {
    return asked == null ? null : asked.stream().map(Effect::text).sorted().toList();
  }
}
