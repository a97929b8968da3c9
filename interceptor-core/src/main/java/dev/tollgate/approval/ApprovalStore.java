package dev.tollgate.approval;

import java.util.List;
import java.util.Optional;

/**
 * Keeps approvals. Every operation is atomic; one that cannot be done throws {@link
 * dev.tollgate.state.StateException}, and the gate denies. Thread-safe.
 */
public interface ApprovalStore {

  /**
   * One approval as it was read.
   *
   * @param request the approval
   * @param version what {@link #replace} compares; only the store knows what it means
   */
  record Stored(ApprovalRequest request, String version) {
    @Override
    public String toString() {
      return "Stored[" + request + "]";
    }
  }

  /**
   * Keeps a new one, until its task ends.
   *
   * @return false if the subject has as many waiting as it may
   * @throws dev.tollgate.state.StateException also if there is one for the same call that was
   *     rejected, or is open under the same policies: of several at once only one is asked for
   */
  boolean add(ApprovalRequest request);

  Optional<Stored> find(String tenant, String id);

  /** The newest one for the same call, whatever its state and policy revision. */
  Optional<Stored> findSame(CallBinding call);

  /** Replaces one if it has not changed since it was read: whoever gets true was the only one. */
  boolean replace(Stored expected, ApprovalRequest next);

  /** All of a tenant that have not been forgotten; without what cannot be read. */
  List<Stored> all(String tenant);
}
