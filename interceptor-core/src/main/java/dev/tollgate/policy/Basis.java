package dev.tollgate.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a decision rests on.
 *
 * @param decider the stage or engine that decided, such as {@code cedar}
 * @param revision the revision of the policy set, empty if there is none
 * @param policies the ids of the deciding policies; an error names the policy that failed
 * @param reasons what their authors say they are for, in the same order, as far as they say it; for
 *     the audit, never for a model
 * @param dissent what a shadow set would have decided instead; {@code null} if it agreed, or if
 *     there is none
 */
public record Basis(
    String decider,
    String revision,
    List<String> policies,
    List<String> reasons,
    @Nullable Dissent dissent) {
  public Basis {
    policies = List.copyOf(policies);
    reasons = List.copyOf(reasons);
  }

  /** A basis whose policies say nothing of why. */
  public Basis(String decider, String revision, List<String> policies, @Nullable Dissent dissent) {
    this(decider, revision, policies, List.of(), dissent);
  }

  /** A basis that no shadow set was asked about. */
  public Basis(String decider, String revision, List<String> policies) {
    this(decider, revision, policies, List.of(), null);
  }

  /** The same basis, with what a shadow set would have decided. */
  public Basis but(Dissent shadow) {
    return new Basis(decider, revision, policies, reasons, shadow);
  }

  /** The same basis; if no shadow set dissents from it, with the dissent from the other. */
  Basis dissenting(Basis other) {
    return dissent != null || other.dissent == null ? this : but(other.dissent);
  }

  /** The same basis; if it rests on no revision itself, under this one. */
  Basis under(String other) {
    return !revision.isEmpty() || other.isEmpty()
        ? this
        : new Basis(decider, other, policies, reasons, dissent);
  }

  /** The same basis under a revision that is made of its own. */
  Basis at(String combined) {
    return new Basis(decider, combined, policies, reasons, dissent);
  }

  /** The same basis, with another's policies that say so too. */
  Basis with(Basis other) {
    if (other.policies.isEmpty() && other.reasons.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(policies);
    all.addAll(other.policies);
    Set<String> why = new LinkedHashSet<>(reasons);
    why.addAll(other.reasons);
    return new Basis(decider, revision, all, List.copyOf(why), dissent);
  }

  /** A decision of the gate itself. */
  public static Basis of(String decider) {
    return new Basis(decider, "", List.of());
  }
}
