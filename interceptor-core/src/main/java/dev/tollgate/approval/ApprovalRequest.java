package dev.tollgate.approval;

import dev.tollgate.WallWatch;
import dev.tollgate.policy.Basis;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One call that waits for a person, or waited.
 *
 * @param id unguessable
 * @param callId the gate's id of the call that was denied for it
 * @param call what is approved
 * @param arguments the canonical arguments, which are executed; for the approver's eyes, never for
 *     a log
 * @param origin what it takes to go on with the task
 * @param basis what demanded the approval
 * @param byOther whether the subject may not answer itself
 * @param byRoles the roles that whoever answers must have, all of them
 * @param askedAt wall time
 * @param expiresAt when the question, and then the answer, ends
 * @param state where it stands
 * @param approver who answered, empty before
 * @param approverRoles the roles they had then
 * @param answeredAt when; {@code askedAt} before
 */
public record ApprovalRequest(
    String id,
    String callId,
    CallBinding call,
    String arguments,
    TaskOrigin origin,
    Basis basis,
    boolean byOther,
    Set<String> byRoles,
    Instant askedAt,
    Instant expiresAt,
    ApprovalState state,
    String approver,
    Set<String> approverRoles,
    Instant answeredAt) {
  public ApprovalRequest {
    byRoles = Set.copyOf(byRoles);
    approverRoles = Set.copyOf(approverRoles);
  }

  ApprovalRequest answered(ApprovalState answer, Approver by, Instant at) {
    return with(answer, by.subject(), by.roles(), at);
  }

  ApprovalRequest now(ApprovalState next) {
    return with(next, approver, approverRoles, answeredAt);
  }

  private ApprovalRequest with(ApprovalState next, String by, Set<String> roles, Instant at) {
    return new ApprovalRequest(
        id, callId, call, arguments, origin, basis, byOther, byRoles, askedAt, expiresAt, next, by,
        roles, at);
  }

  /** Whether it has ended. */
  public boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether the wall clock was set back since it was asked for or answered. */
  boolean fromTheFuture(Instant now) {
    return now.isBefore(answeredAt.minus(WallWatch.TOLERATED));
  }

  /** All agents that had a hand in the call: none of them may answer. */
  List<String> agents() {
    return origin.agents();
  }

  /** Not the arguments: a model wrote them. */
  @Override
  public String toString() {
    return "ApprovalRequest[" + id + ", " + state + "]";
  }
}
