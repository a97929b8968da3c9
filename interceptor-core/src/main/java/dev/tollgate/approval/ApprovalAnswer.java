package dev.tollgate.approval;

import dev.tollgate.reason.ReasonCode;

/** What became of an answer. */
public sealed interface ApprovalAnswer {

  /** It was taken. */
  record Taken(ApprovalRequest request) implements ApprovalAnswer {}

  /** It was not; nothing has changed. */
  record Refused(ReasonCode reason) implements ApprovalAnswer {}
}
