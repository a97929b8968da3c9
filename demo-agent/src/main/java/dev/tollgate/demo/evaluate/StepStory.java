package dev.tollgate.demo.evaluate;

import dev.tollgate.audit.AuditRecord;

/** What the records tell of one step, as they come. */
final class StepStory {
  private boolean permitted;
  private boolean asked;
  private int requests;
  private boolean approved;
  private boolean denied;
  private boolean dispatched;
  private String reason = "";
  private String source = "";

  void tell(AuditRecord record) {
    if (record instanceof AuditRecord.Proposed proposed) {
      source = proposed.source();
    } else if (record instanceof AuditRecord.Decided decided) {
      decided(decided);
    } else if (record instanceof AuditRecord.Dispatched) {
      dispatched = true;
    } else if (record instanceof AuditRecord.Refused refused) {
      dispatched = false;
      denied = true;
      reason = refused.reason().code();
    } else if (record instanceof AuditRecord.ApprovalRequested) {
      requests++;
    } else if (record instanceof AuditRecord.ApprovalUsed) {
      approved = true;
    }
  }

  private void decided(AuditRecord.Decided decided) {
    switch (decided.outcome()) {
      case "permit" -> permitted = true;
      case "needs_approval" -> asked = true;
      default -> denied = true;
    }
    reason = decided.reason();
  }

  /** Whether the records allow the body to run. */
  boolean licensed() {
    return permitted || approved;
  }

  boolean ran() {
    return dispatched;
  }

  PlayedStep step() {
    PlayedStep.Answer answer =
        asked || requests > 0
            ? PlayedStep.Answer.ASKED
            : denied
                ? PlayedStep.Answer.DENIED
                : permitted ? PlayedStep.Answer.PERMITTED : PlayedStep.Answer.UNDECIDED;
    return new PlayedStep(answer, requests, dispatched, dispatched ? "" : reason, source);
  }
}
