package dev.tollgate.delegation;

import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hop is no wider than the one it comes from, in any respect, and strictly less deep. */
final class Narrowing {
  private Narrowing() {}

  /**
   * What is left of a grant under another.
   *
   * @param parent what the giver has, of depth 1 or more
   */
  static Grant meet(Grant parent, Grant wanted) {
    Map<String, Long> amounts = new HashMap<>();
    wanted
        .amounts()
        .forEach(
            (name, most) -> {
              Long bound = parent.amounts().get(name);
              if (bound != null) {
                amounts.put(name, Math.min(bound, most));
              }
            });
    return new Grant(
        wanted.to(),
        both(parent.tools(), wanted.tools()),
        both(parent.scopes(), wanted.scopes()),
        Math.min(parent.calls(), wanted.calls()),
        amounts,
        Math.min(parent.depth() - 1, wanted.depth()),
        wanted.lifetime());
  }

  /** The same grant with numbers that can be written, and the lifetime that is left for it. */
  static Grant written(Grant grant, Duration lifetime) {
    Map<String, Long> amounts = new HashMap<>(grant.amounts());
    amounts.replaceAll((name, most) -> Math.min(most, ClaimsForm.GREATEST));
    return new Grant(
        grant.to(),
        grant.tools(),
        grant.scopes(),
        Math.min(grant.calls(), ClaimsForm.GREATEST),
        amounts,
        grant.depth(),
        lifetime);
  }

  /** Why a hop does not follow from the one it says it comes from; {@code null} if it does. */
  static @Nullable ReasonCode refuse(DelegationClaims parent, DelegationClaims child) {
    if (!child.task().equals(parent.task()) || !follows(parent, child)) {
      return ReasonCode.DELEGATION_FOREIGN;
    }
    if (parent.grant().depth() == 0) {
      return ReasonCode.DELEGATION_TOO_DEEP;
    }
    boolean narrower =
        within(parent.grant(), child.grant())
            && !child.expiresAt().isAfter(parent.expiresAt())
            && child.standing().follows(parent.standing());
    return narrower ? null : ReasonCode.DELEGATION_WIDER;
  }

  /** The giver is whom the parent was for, with all who had it before. */
  private static boolean follows(DelegationClaims parent, DelegationClaims child) {
    return child.actors().subList(1, child.actors().size()).equals(parent.actors());
  }

  private static boolean within(Grant parent, Grant child) {
    return parent.tools().containsAll(child.tools())
        && parent.scopes().containsAll(child.scopes())
        && child.calls() <= parent.calls()
        && child.depth() < parent.depth()
        && child.amounts().entrySet().stream()
            .allMatch(
                amount -> {
                  Long bound = parent.amounts().get(amount.getKey());
                  return bound != null && amount.getValue() <= bound;
                });
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> common = new HashSet<>(some);
    common.retainAll(others);
    return common;
  }
}
