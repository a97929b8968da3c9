package dev.tollgate.cedar;

import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.AttributeType;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The Cedar schema of some actions, as text. The one that policies are checked against has
 * everything; the one a call is checked against has only what the policies of its slice read.
 */
final class CedarSchema {
  private static final String ENTITIES =
      "entity AgentGroup;\nentity Agent in [AgentGroup];\nentity Destination;\n";

  private CedarSchema() {}

  static String of(List<ToolAction> actions, ContextReads reads) {
    return of(actions, reads, group -> true);
  }

  /**
   * @param named the groups of actions that policies may name; the others are left out
   */
  static String of(List<ToolAction> actions, ContextReads reads, Predicate<String> named) {
    StringBuilder out = new StringBuilder(ENTITIES);
    TreeSet<String> groups = new TreeSet<>();
    actions.forEach(action -> action.groups().stream().filter(named).forEach(groups::add));
    groups.forEach(group -> out.append("action ").append(quote(group)).append(";\n"));
    for (ToolAction action : actions) {
      StringJoiner in = new StringJoiner(", ", " in [", "]").setEmptyValue("");
      action.groups().stream().filter(named).forEach(group -> in.add("Action::" + quote(group)));
      out.append("action ").append(quote(action.id())).append(in);
      out.append(" appliesTo {\n  principal: [Agent], resource: [Destination], context: {");
      out.append(context(action, reads)).append("}\n};\n");
    }
    return out.toString();
  }

  private static String context(ToolAction action, ContextReads reads) {
    StringJoiner context = new StringJoiner(",", "", "\n  ");
    AttributeCatalogue.BY_RECORD.forEach(
        (record, members) -> {
          if (reads.readsAnyOf(record)) {
            boolean plain = members.get(0).member().isEmpty();
            context.add(
                "\n    "
                    + quote(record)
                    + (AttributeCatalogue.always(record) ? ": " : "?: ")
                    + (plain ? type(members.get(0).type()) : members(record, members, reads)));
          }
        });
    if (reads.readsAnyOf(AttributeCatalogue.ARGUMENTS)) {
      String args = action.arguments().fields().text(reads.arguments());
      context.add("\n    \"args\": " + args);
    }
    if (reads.readsAnyOf(AttributeCatalogue.PROVENANCE)) {
      StringJoiner from = new StringJoiner(", ", "{", "}");
      for (String name : action.steering()) {
        if (reads.reads(AttributeCatalogue.PROVENANCE, name)) {
          from.add(quote(name) + "?: String");
        }
      }
      context.add("\n    \"provenance\": " + from);
    }
    return context.toString();
  }

  private static String members(String record, List<PolicyAttribute> members, ContextReads reads) {
    StringJoiner out = new StringJoiner(", ", "{", "}");
    for (PolicyAttribute one : members) {
      if (reads.reads(record, one.member())) {
        boolean always =
            one.presence() == Presence.WITH_RECORD || one.presence() == Presence.ALWAYS;
        out.add(quote(one.member()) + (always ? ": " : "?: ") + type(one.type()));
      }
    }
    return out.toString();
  }

  private static String type(AttributeType type) {
    return switch (type) {
      case TEXT -> "String";
      case WHOLE -> "Long";
      case YES_NO -> "Bool";
      case TEXTS -> "Set<String>";
      case ADDRESS -> "ipaddr";
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
