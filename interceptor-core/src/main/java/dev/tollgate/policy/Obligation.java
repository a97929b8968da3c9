package dev.tollgate.policy;

import java.time.Duration;
import java.time.Instant;

/** Something that a permit demands of the gate. */
public sealed interface Obligation {

  /** The call's credential lives no longer than this. */
  record CapLifetime(Duration lifetime) implements Obligation {}

  /** Whoever approves is not the subject. */
  record ApprovedByOther() implements Obligation {}

  /** A person's approval, on which the call runs, ends here. Set by the gate. */
  record ApprovedUntil(Instant end) implements Obligation {}

  /** Anything the gate does not understand: it makes the decision a deny. */
  record Unknown(String text) implements Obligation {}
}
