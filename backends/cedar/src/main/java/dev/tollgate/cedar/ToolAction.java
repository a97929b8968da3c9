package dev.tollgate.cedar;

import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tool as Cedar sees it.
 *
 * @param id the id of the {@code Action}
 * @param groups the groups it is in, {@code effect:read} or {@code source:mcp:files}
 * @param arguments the arguments that policies may read, by name
 * @param real whether a tool stands behind it; the others only let a policy name a group that has
 *     no tool yet
 */
record ToolAction(
    String id, List<String> groups, Map<String, ArgumentType> arguments, boolean real) {
  ToolAction {
    groups = List.copyOf(groups);
  }

  static Map<String, ArgumentType> types(Map<String, Argument> arguments) {
    Map<String, ArgumentType> types = new TreeMap<>();
    arguments.forEach((name, argument) -> types.put(name, argument.type()));
    return types;
  }

  static String group(Effect effect) {
    return "effect:" + effect.text();
  }

  static String sourceGroup(String source) {
    return "source:" + source;
  }
}
