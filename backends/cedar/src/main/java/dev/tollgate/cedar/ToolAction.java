package dev.tollgate.cedar;

import dev.tollgate.tool.Argument;
import dev.tollgate.tool.Effect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tool as Cedar sees it.
 *
 * @param id the id of the {@code Action}
 * @param groups the groups it is in, {@code effect:read} or {@code source:mcp:files}
 * @param arguments the arguments that policies may read
 * @param steering the names of those whose provenance policies may read
 * @param real whether a tool stands behind it; the others only let a policy name a group that has
 *     no tool yet
 */
record ToolAction(
    String id, List<String> groups, ArgumentTypes arguments, Set<String> steering, boolean real) {
  ToolAction {
    groups = List.copyOf(groups);
  }

  /** Enough to find its slice: the id is nearly always the only one. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  static Set<String> steering(Map<String, Argument> arguments) {
    Set<String> steering = new TreeSet<>();
    arguments.forEach(
        (name, argument) -> {
          if (argument.steering()) {
            steering.add(name);
          }
        });
    return steering;
  }

  static String group(Effect effect) {
    return "effect:" + effect.text();
  }

  static String sourceGroup(String source) {
    return "source:" + source;
  }
}
