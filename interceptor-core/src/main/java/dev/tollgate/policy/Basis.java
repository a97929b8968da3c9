package dev.tollgate.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision rests on.
 *
 * @param decider the stage or engine that decided, such as {@code cedar}
 * @param revision the revision of the policy set, empty if there is none
 * @param policies the ids of the deciding policies; an error names the policy that failed
 * @param dissent what a shadow set would have decided instead; {@code null} if it agreed, or if
 *     there is none
 */
public record Basis(
    String decider, String revision, List<String> policies, @Nullable Dissent dissent) {
  public Basis {
    policies = List.copyOf(policies);
  }

  /** A basis that no shadow set was asked about. */
  public Basis(String decider, String revision, List<String> policies) {
    this(decider, revision, policies, null);
  }

  /** The same basis, with what a shadow set would have decided. */
  public Basis but(Dissent shadow) {
    return new Basis(decider, revision, policies, shadow);
  }

  /** The same basis; if it rests on no revision itself, under this one. */
  Basis under(String other) {
    return !revision.isEmpty() || other.isEmpty()
        ? this
        : new Basis(decider, other, policies, dissent);
  }

  /** The same basis, with more policies that say so. */
  Basis with(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(policies);
    all.addAll(more);
    return new Basis(decider, revision, all, dissent);
  }

  /** A decision of the gate itself. */
  public static Basis of(String decider) {
    return new Basis(decider, "", List.of());
  }
}
