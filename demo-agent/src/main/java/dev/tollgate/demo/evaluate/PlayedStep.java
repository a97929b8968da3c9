package dev.tollgate.demo.evaluate;

/**
 * What became of one step, by the audit's records.
 *
 * @param answer what the gate decided
 * @param requests how many approvals were asked for; none where the very call waits already
 * @param ran whether the tool's body ran
 * @param reason why it did not, as a reason code; empty if it did
 * @param source where the tool came from, as the gate knows it
 */
record PlayedStep(Answer answer, int requests, boolean ran, String reason, String source) {

  /** The gate's answer. */
  enum Answer {
    /** Permitted without asking anyone. */
    PERMITTED,
    /** A person had to be asked, whatever was answered. */
    ASKED,
    /** Denied outright. */
    DENIED,
    /** No decision is on record. */
    UNDECIDED
  }
}
