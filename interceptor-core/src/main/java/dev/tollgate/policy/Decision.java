package dev.tollgate.policy;

import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** The answer to one tool call, a value. The stricter of two wins. */
public sealed interface Decision {
  Basis basis();

  /** It may run, if every obligation is met. */
  record Permit(Basis basis, List<Obligation> obligations) implements Decision {
    public Permit {
      obligations = List.copyOf(obligations);
    }
  }

  /** It may run only after a person approved exactly this call. Unresolved, it is a deny. */
  record NeedsApproval(Basis basis, List<Obligation> obligations) implements Decision {
    public NeedsApproval {
      obligations = List.copyOf(obligations);
    }
  }

  /** It may not run. */
  record Deny(Basis basis, ReasonCode reason) implements Decision {}

  static Decision permit(Basis basis) {
    return new Permit(basis, List.of());
  }

  static Decision deny(String decider, ReasonCode reason) {
    return new Deny(Basis.of(decider), reason);
  }

  /** {@code permit}, {@code needs_approval} or {@code deny}: for metrics and the audit. */
  default String outcome() {
    if (this instanceof Permit) {
      return "permit";
    }
    return this instanceof NeedsApproval ? "needs_approval" : "deny";
  }

  /**
   * The stricter of this and another; of two equally strict ones this, with the obligations of
   * both.
   */
  default Decision and(Decision other) {
    if (this instanceof Deny) {
      return this;
    }
    if (other instanceof Deny) {
      return other;
    }
    List<Obligation> mine = obligations(this);
    List<Obligation> theirs = obligations(other);
    if (theirs.isEmpty() && (this instanceof NeedsApproval || other instanceof Permit)) {
      return basis().revision().isEmpty() && mine.isEmpty() && other.getClass() == getClass()
          ? other // the more telling basis
          : this;
    }
    List<Obligation> both = new ArrayList<>(mine);
    both.addAll(theirs);
    if (this instanceof NeedsApproval) {
      return new NeedsApproval(basis(), both);
    }
    return other instanceof NeedsApproval
        ? new NeedsApproval(other.basis(), both)
        : new Permit(other.basis(), both);
  }

  private static List<Obligation> obligations(Decision decision) {
    if (decision instanceof Permit permit) {
      return permit.obligations();
    }
    return decision instanceof NeedsApproval needs ? needs.obligations() : List.of();
  }
}
