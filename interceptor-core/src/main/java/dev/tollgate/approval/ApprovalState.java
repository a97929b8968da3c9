package dev.tollgate.approval;

/** Where an approval stands. It only goes on: from waiting to an answer, from approved to used. */
public enum ApprovalState {
  /** Waits for a person. */
  PENDING,
  APPROVED,
  REJECTED,
  /** Was approved, and the call was let through. */
  USED,
  /** Ended with its task, agent, subject, tenant or delegation. */
  REVOKED
}
