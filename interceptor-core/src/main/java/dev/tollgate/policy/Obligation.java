package dev.tollgate.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Something that a permit demands of the gate. */
public sealed interface Obligation {

  /** As the audit has it: as a policy would write it, never what a model wrote. */
  String text();

  /** The call's credential lives no longer than this. */
  record CapLifetime(Duration lifetime) implements Obligation {
    @Override
    public String text() {
      return "cap_lifetime:" + lifetime.toSeconds();
    }
  }

  /** The call's credential has no scopes but these. */
  record NarrowScope(Set<String> scopes) implements Obligation {
    public NarrowScope {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public String text() {
      return "narrow_scope:" + sorted(scopes);
    }
  }

  /** What the call returns gets this label: policies see it for the rest of the task. */
  record AddLabel(String label) implements Obligation {
    @Override
    public String text() {
      return "label:" + label;
    }
  }

  /** These members, wherever they stand in a JSON result, do not reach the model. */
  record MaskResult(Set<String> members) implements Obligation {
    public MaskResult {
      members = Set.copyOf(members);
    }

    @Override
    public String text() {
      return "mask:" + sorted(members);
    }
  }

  /** Whoever approves has this role. */
  record ApprovedByRole(String role) implements Obligation {
    @Override
    public String text() {
      return "approval:role:" + role;
    }
  }

  /** Whoever approves is not the subject. */
  record ApprovedByOther() implements Obligation {
    @Override
    public String text() {
      return "approval:other";
    }
  }

  /** A person's approval, on which the call runs, ends here. Set by the gate. */
  record ApprovedUntil(Instant end) implements Obligation {
    @Override
    public String text() {
      return "approved_until:" + end;
    }
  }

  /**
   * The policy has read this approval, so the call uses it up, whether or not it was demanded. Set
   * by the gate.
   */
  record UseApproval(String approval) implements Obligation {
    @Override
    public String text() {
      return "use_approval:" + approval;
    }
  }

  /** Anything the gate does not understand: it makes the decision a deny. */
  record Unknown(String text) implements Obligation {}

  private static String sorted(Set<String> texts) {
    return String.join(" ", texts.stream().sorted().toList());
  }
}
