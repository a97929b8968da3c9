package dev.tollgate.cedar.author;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a case expects. What is {@code null} may be anything.
 *
 * @param outcome {@code permit}, {@code needs_approval} or {@code deny}
 * @param reason why it is denied
 * @param policies the ids of the deciding policies, all of them
 * @param obligations what the permit demands besides an approval, all of it
 */
public record Expected(
    String outcome,
    @Nullable ReasonCode reason,
    @Nullable Set<String> policies,
    @Nullable Set<Obligation> obligations) {
  public Expected {
    policies = policies == null ? null : Set.copyOf(policies);
    obligations = obligations == null ? null : Set.copyOf(obligations);
  }

  /** In what a decision differs, a line each; empty if it is as expected. */
  List<String> differences(Decision decision) {
    List<String> lines = new ArrayList<>();
    compare(lines, "outcome", outcome, decision.outcome());
    if (reason != null) {
      compare(lines, "reason", reason.code(), reason(decision));
    }
    if (policies != null) {
      Set<String> deciding = new TreeSet<>(decision.basis().policies());
      compare(lines, "policies", new TreeSet<>(policies), deciding);
    }
    if (obligations != null) {
      compare(lines, "obligations", obligations, new HashSet<>(Decision.obligations(decision)));
    }
    return lines;
  }

  /** The code of a deny's reason; {@code none} for everything else. */
  static String reason(Decision decision) {
    return decision instanceof Decision.Deny deny ? deny.reason().code() : "none";
  }

  private static void compare(List<String> lines, String what, Object wanted, Object found) {
    if (!wanted.equals(found)) {
      lines.add(what + ": expected " + wanted + ", was " + found);
    }
  }
}
