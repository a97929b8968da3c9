package dev.tollgate.policy;

import java.util.List;

/**
 * What a shadow set would have decided, where that differs from what was decided.
 *
 * @param revision the shadow set's revision
 * @param outcome {@code permit}, {@code needs_approval} or {@code deny}
 * @param reason the reason code, empty unless it denies
 * @param policies the ids of its deciding policies
 */
public record Dissent(String revision, String outcome, String reason, List<String> policies) {
  public Dissent {
    policies = List.copyOf(policies);
  }
}
