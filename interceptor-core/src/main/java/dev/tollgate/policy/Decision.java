package dev.tollgate.policy;

import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to one tool call, a value. The stricter of two wins. */
public sealed interface Decision {
  Basis basis();

  /** It may run, if every obligation is met. */
  record Permit(Basis basis, List<Obligation> obligations) implements Decision {
    public Permit {
      Objects.requireNonNull(basis);
      obligations = List.copyOf(obligations);
    }
  }

  /**
   * It may run only after a person approved exactly this call. Unresolved, it is a deny.
   *
   * @param approvalId where a person is asked; {@code null} until the gate has filed it
   */
  record NeedsApproval(Basis basis, List<Obligation> obligations, @Nullable String approvalId)
      implements Decision {
    public NeedsApproval {
      Objects.requireNonNull(basis);
      obligations = List.copyOf(obligations);
    }

    public NeedsApproval(Basis basis, List<Obligation> obligations) {
      this(basis, obligations, null);
    }
  }

  /** It may not run. */
  record Deny(Basis basis, ReasonCode reason) implements Decision {
    public Deny {
      Objects.requireNonNull(basis);
      Objects.requireNonNull(reason);
    }
  }

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
   * The stricter of this and another, with the obligations of both. The basis keeps the policy
   * revision that either rests on, which the last check needs, and of two equally strict ones it
   * names the policies of both. What a shadow set said is kept, too.
   */
  default Decision and(Decision other) {
    if (this instanceof Deny) {
      return on(basis().dissenting(other.basis()));
    }
    if (other instanceof Deny) {
      return other.on(other.basis().dissenting(basis()));
    }
    boolean mine =
        getClass() == other.getClass()
            ? !basis().revision().isEmpty()
            : this instanceof NeedsApproval;
    Decision stricter = mine ? this : other;
    Decision milder = mine ? other : this;
    Basis basis = stricter.basis().under(milder.basis().revision()).dissenting(milder.basis());
    if (getClass() == other.getClass()) {
      basis = basis.with(milder.basis());
    }
    if (basis.equals(stricter.basis()) && obligations(milder).isEmpty()) {
      return stricter;
    }
    List<Obligation> both = new ArrayList<>(obligations(this));
    both.addAll(obligations(other));
    return stricter instanceof NeedsApproval
        ? new NeedsApproval(basis, both)
        : new Permit(basis, both);
  }

  /** The same decision on another basis; the approval it waits under is kept. */
  default Decision on(Basis basis) {
    if (basis.equals(basis())) {
      return this;
    }
    if (this instanceof Deny deny) {
      return new Deny(basis, deny.reason());
    }
    return this instanceof NeedsApproval needs
        ? new NeedsApproval(basis, needs.obligations(), needs.approvalId())
        : new Permit(basis, obligations(this));
  }

  /** The code of the reason why it denies, empty if it does not. */
  default String reasonCode() {
    return this instanceof Deny deny ? deny.reason().code() : "";
  }

  /** What the decision demands; nothing for a deny. */
  static List<Obligation> obligations(Decision decision) {
    if (decision instanceof Permit permit) {
      return permit.obligations();
    }
    return decision instanceof NeedsApproval needs ? needs.obligations() : List.of();
  }
}
