package dev.tollgate.approval;

import dev.tollgate.WallWatch;
import dev.tollgate.policy.Basis;
import java.time.Instant;
import java.util.List;

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
 * @param askedAt wall time
 * @param expiresAt when the question, and then the answer, ends
 * @param state where it stands
 * @param approver who answered, empty before
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
    Instant askedAt,
    Instant expiresAt,
    ApprovalState state,
    String approver,
    Instant answeredAt) {

  ApprovalRequest answered(ApprovalState answer, String by, Instant at) {
    return new ApprovalRequest(
        id, callId, call, arguments, origin, basis, byOther, askedAt, expiresAt, answer, by, at);
  }

  ApprovalRequest now(ApprovalState next) {
    return answered(next, approver, answeredAt);
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
