package dev.tollgate.cedar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks that an argument which a policy reads is one of the tools it covers, and readable. */
final class ArgumentCheck {
  /**
   * What is wrong.
   *
   * @param name the word in the policy
   * @param words the message
   */
  record Problem(String name, String words) {}

  private ArgumentCheck() {}

  static Optional<Problem> problem(ContextReads.Path path, List<ToolAction> covered) {
    List<String> names = path.names();
    if (names.size() == 1 && path.whole()) {
      String words =
          "`context.args` is used as a whole; a call may have arguments that nobody declared, so"
              + " read them by name";
      return Optional.of(new Problem(names.get(0), words));
    }
    Map<String, CedarType.Fields> records = new LinkedHashMap<>();
    covered.forEach(action -> records.put(action.id(), action.arguments().fields()));
    for (int i = 1; i < names.size(); i++) {
      String name = names.get(i);
      Map<String, CedarType> types = new LinkedHashMap<>();
      Set<String> known = new TreeSet<>();
      records.forEach(
          (action, fields) -> {
            known.addAll(fields.fields().keySet());
            CedarType.Field found = fields.fields().get(name);
            if (found != null) {
              types.put(action, found.type());
            }
          });
      if (types.isEmpty()) {
        String words = i == 1 ? noSuchArgument(covered) : noSuchMember(names.subList(0, i));
        return Optional.of(
            new Problem(name, words + "`" + name + "`" + Suggestion.of(name, known)));
      }
      records.clear();
      for (Map.Entry<String, CedarType> one : types.entrySet()) {
        boolean whole = path.whole() && i == names.size() - 1;
        boolean opaque = one.getValue() instanceof CedarType.Opaque;
        String why = whole || opaque ? InputSchema.hidden(one.getValue()) : null;
        if (why != null) {
          // Also where other tools have it readable: a forbid would pass this one over.
          return Optional.of(new Problem(name, unreadable(names.subList(0, i + 1), one, why)));
        }
        if (one.getValue() instanceof CedarType.Fields fields) {
          records.put(one.getKey(), fields);
        }
      }
      if (records.isEmpty()) {
        return Optional.empty(); // Cedar says what is wrong with names behind a value
      }
    }
    return Optional.empty();
  }

  private static String unreadable(
      List<String> names, Map.Entry<String, CedarType> of, String why) {
    return "policies cannot read `context."
        + String.join(".", names)
        + "` of Action::"
        + CedarSchema.quote(of.getKey())
        + ": "
        + why;
  }

  private static String noSuchMember(List<String> before) {
    return "`context." + String.join(".", before) + "` has no attribute ";
  }

  private static String noSuchArgument(List<ToolAction> covered) {
    for (ToolAction action : covered) {
      if (action.arguments().why() != null) {
        return "policies cannot read arguments of Action::"
            + CedarSchema.quote(action.id())
            + " ("
            + action.arguments().why()
            + "), and no other tool this policy covers has the argument ";
      }
    }
    return "no tool this policy covers has the argument ";
  }
}
