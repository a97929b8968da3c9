package dev.tollgate.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Policies that were loaded whole.
 *
 * @param policies decides with them
 * @param rules what they are, to tell what changed
 * @param ends from when on they are not to be used any more; {@code null} if they do not say
 */
public record PolicyVersion(
    PolicyDecisionPoint policies, List<Rule> rules, @Nullable Instant ends) {
  public PolicyVersion {
    rules = List.copyOf(rules);
  }

  /**
   * One policy.
   *
   * @param forbid whether it forbids; else it permits
   */
  public record Rule(String id, boolean forbid, String text) {}

  /** What is different from the version before. */
  PolicyListener.Change since(PolicyVersion before) {
    return new PolicyListener.Change(
        before.policies.revision(),
        policies.revision(),
        rules.size(),
        missing(before.rules, rules, true),
        missing(rules, before.rules, false));
  }

  /** The ids of the forbids, or of the permits, of one list that the other does not have so. */
  private static List<String> missing(List<Rule> rules, List<Rule> from, boolean forbid) {
    Map<String, Rule> others = new HashMap<>();
    from.forEach(rule -> others.put(rule.id(), rule));
    List<String> ids = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.forbid() == forbid && !rule.equals(others.get(rule.id()))) {
        ids.add(rule.id());
      }
    }
    return ids;
  }
}
