package dev.tollgate.cedar;

import dev.tollgate.tool.ArgumentType;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The Cedar schema of some actions, as text. The one that policies are checked against has
 * everything; the one a call is checked against has only what the policies of its slice read.
 */
final class CedarSchema {
  private static final String ENTITIES =
      "entity AgentGroup;\nentity Agent in [AgentGroup];\nentity Destination;\n";

  private CedarSchema() {}

  static String of(List<ToolAction> actions, ContextReads reads) {
    StringBuilder out = new StringBuilder(ENTITIES);
    TreeSet<String> groups = new TreeSet<>();
    actions.forEach(action -> groups.addAll(action.groups()));
    groups.forEach(group -> out.append("action ").append(quote(group)).append(";\n"));
    for (ToolAction action : actions) {
      StringJoiner in = new StringJoiner(", ", " in [", "]");
      action.groups().forEach(group -> in.add("Action::" + quote(group)));
      out.append("action ").append(quote(action.id())).append(in);
      out.append(" appliesTo {\n  principal: [Agent], resource: [Destination], context: {");
      out.append(context(action, reads)).append("}\n};\n");
    }
    return out.toString();
  }

  private static String context(ToolAction action, ContextReads reads) {
    StringJoiner context = new StringJoiner(",", "", "\n  ");
    ContextAttribute.BY_NAME.forEach(
        (attribute, members) -> {
          StringJoiner record = new StringJoiner(", ", "{", "}");
          int read = 0;
          for (ContextAttribute one : members) {
            if (reads.reads(attribute, one.member())) {
              read++;
              record.add(one.member().isEmpty() ? "" : quote(one.member()) + ": " + one.type());
            }
          }
          if (read > 0) {
            boolean plain = members.get(0).member().isEmpty();
            context.add(
                "\n    " + quote(attribute) + ": " + (plain ? members.get(0).type() : record));
          }
        });
    if (reads.readsAnyOf(ContextAttribute.ARGS)) {
      StringJoiner args = new StringJoiner(", ", "{", "}");
      action
          .arguments()
          .forEach(
              (name, type) -> {
                if (reads.reads(ContextAttribute.ARGS, name)) {
                  args.add(quote(name) + "?: " + type(type));
                }
              });
      context.add("\n    \"args\": " + args);
    }
    return context.toString();
  }

  private static String type(ArgumentType type) {
    return switch (type) {
      case STRING -> "String";
      case INTEGER -> "Long";
      case DECIMAL -> "decimal";
      case BOOLEAN -> "Bool";
      case STRINGS -> "Set<String>";
    };
  }

  /** A Cedar string. Names come from manifests; anything unusual is written as its code point. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                out.appendCodePoint(c);
              } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return out.append('"').toString();
  }
}
