package dev.tollgate.policy;

import java.time.Duration;

/** Something that a permit demands of the gate. */
public sealed interface Obligation {

  /** The call's credential lives no longer than this. */
  record CapLifetime(Duration lifetime) implements Obligation {}

  /** Anything the gate does not understand: it makes the decision a deny. */
  record Unknown(String text) implements Obligation {}
}
