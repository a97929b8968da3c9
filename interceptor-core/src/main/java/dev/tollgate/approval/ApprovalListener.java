package dev.tollgate.approval;

/**
 * Learns of calls that wait for a person: to tell one. It runs on the thread of the call; if the
 * approval is answered before it returns, the gate decides again at once and the call goes on. What
 * it throws is logged, and the call waits.
 */
@FunctionalInterface
public interface ApprovalListener {
  void requested(ApprovalRequest request);
}
