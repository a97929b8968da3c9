package dev.tollgate.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Something that a permit demands of the gate. */
public sealed interface Obligation {

  /** The call's credential lives no longer than this. */
  record CapLifetime(Duration lifetime) implements Obligation {}

  /** The call's credential has no scopes but these. */
  record NarrowScope(Set<String> scopes) implements Obligation {
    public NarrowScope {
      scopes = Set.copyOf(scopes);
    }
  }

  /** What the call returns gets this label: policies see it for the rest of the task. */
  record AddLabel(String label) implements Obligation {}

  /** These members, wherever they stand in a JSON result, do not reach the model. */
  record MaskResult(Set<String> members) implements Obligation {
    public MaskResult {
      members = Set.copyOf(members);
    }
  }

  /** Whoever approves has this role. */
  record ApprovedByRole(String role) implements Obligation {}

  /** Whoever approves is not the subject. */
  record ApprovedByOther() implements Obligation {}

  /** A person's approval, on which the call runs, ends here. Set by the gate. */
  record ApprovedUntil(Instant end) implements Obligation {}

  /** Anything the gate does not understand: it makes the decision a deny. */
  record Unknown(String text) implements Obligation {}
}
