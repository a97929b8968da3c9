package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.Finding.Kind;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Policies that another one makes pointless. */
final class Shadows implements Rule {
  @Override
  public void look(Review review, Consumer<Finding> found) {
    for (ReadPolicy policy : review.policies()) {
      ReadPolicy forbid = policy.forbid() ? null : above(policy, review.forbids(), review);
      if (forbid != null) {
        found.accept(
            finding(
                Kind.SHADOWED,
                policy,
                "never permits anything: " + named(forbid) + " forbids all of it",
                "delete one of them, or narrow the forbid"));
        continue;
      }
      ReadPolicy twin = redundant(policy, review);
      if (twin != null) {
        found.accept(
            finding(
                Kind.REDUNDANT,
                policy,
                "changes nothing: whenever it applies, " + named(twin) + " does too",
                policy.forbid() ? "delete it" : "delete it, or narrow the other"));
      }
    }
  }

  /** A policy that may fail while it is evaluated denies by that, so it does change something. */
  private static @Nullable ReadPolicy redundant(ReadPolicy policy, Review review) {
    String obligation = policy.summary().annotations().get("obligation");
    if (policy.arithmetic()) {
      return null;
    }
    List<ReadPolicy> same = policy.forbid() ? review.forbids() : review.permits();
    return above(
        policy,
        same.stream()
            .filter(other -> !other.id().equals(policy.id()))
            .filter(
                other ->
                    obligation == null
                        || Objects.equals(
                            obligation, other.summary().annotations().get("obligation")))
            // Of twins, the later one is the copy.
            .filter(other -> !twins(policy, other, review) || before(other, policy, review))
            .toList(),
        review);
  }

  private static @Nullable ReadPolicy above(
      ReadPolicy policy, List<ReadPolicy> others, Review review) {
    return others.stream().filter(other -> covers(other, policy, review)).findFirst().orElse(null);
  }

  private static boolean covers(ReadPolicy wide, ReadPolicy narrow, Review review) {
    return wide.head().covers(narrow.head(), review.tools()) && narrow.implies(wide);
  }

  private static boolean twins(ReadPolicy one, ReadPolicy other, Review review) {
    return covers(one, other, review)
        && covers(other, one, review)
        && Objects.equals(
            one.summary().annotations().get("obligation"),
            other.summary().annotations().get("obligation"));
  }

  private static boolean before(ReadPolicy one, ReadPolicy other, Review review) {
    return review.policies().indexOf(one) < review.policies().indexOf(other);
  }

  private static String named(ReadPolicy policy) {
    return "\"" + policy.id() + "\" (" + policy.summary().place() + ")";
  }

  private static Finding finding(Kind kind, ReadPolicy policy, String what, String todo) {
    return new Finding(kind, policy.summary().place(), policy.id(), what, todo);
  }
}
