package dev.tollgate.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a decision rests on.
 *
 * @param decider the stage or engine that decided, such as {@code cedar}
 * @param revision the revision of the policy set, empty if there is none
 * @param policies the ids of the deciding policies; an error names the policy that failed
 */
public record Basis(String decider, String revision, List<String> policies) {
  public Basis {
    policies = List.copyOf(policies);
  }

  /** The same basis; if it rests on no revision itself, under this one. */
  Basis under(String other) {
    return !revision.isEmpty() || other.isEmpty() ? this : new Basis(decider, other, policies);
  }

  /** The same basis, with more policies that say so. */
  Basis with(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(policies);
    all.addAll(more);
    return new Basis(decider, revision, all);
  }

  /** A decision of the gate itself. */
  public static Basis of(String decider) {
    return new Basis(decider, "", List.of());
  }
}
