package dev.tollgate.telemetry;

/**
 * Is told what the gate counts, on the thread of the call. Thread-safe and quick; what it throws is
 * logged and changes nothing.
 */
public interface GateListener {

  /** A call was decided on. */
  default void decided(DecidedCall call) {}

  /** The calls that were proposed together were decided on, in so many nanoseconds. */
  default void decisionTook(long nanos) {}

  /** From the end of a call to the end of its credential. */
  default void leaseEnded(long lagNanos) {}

  /** A record could not be written. */
  default void auditFailed() {}

  /**
   * Something about an approval went on record.
   *
   * @param event request, approve, reject, refuse or use
   */
  default void approval(String event) {}

  /**
   * Something was revoked or restored.
   *
   * @param event revoked or restored
   * @param kind task, agent, subject, tenant, delegation or lease
   */
  default void revocation(String event, String kind) {}

  /**
   * A delegation was accepted.
   *
   * @param reason why it was refused; empty if it was not
   */
  default void delegation(String reason) {}

  /** Policies that had changed were loaded, or did not load. */
  default void policiesReloaded(boolean ok) {}

  /** A reload took away or changed so many forbids. */
  default void forbidsGone(int count) {}
}
