package dev.tollgate.testkit.coverage;

import java.util.Collections;

/**
 * What came of a trial, and what that says about the path.
 *
 * @param ranAtFirst how often the body ran before anybody approved anything
 * @param ran how often it ran in all
 * @param withCredential how often with the call's credential
 * @param auditRefused how often the audit was asked to take a record and took none
 * @param audit what the audit has
 */
public record CoverageVerdict(
    int ranAtFirst, int ran, int withCredential, int auditRefused, CoverageEvidence audit) {

  /** It ran whatever anybody decided, nobody knows, and it had no credential. */
  public boolean escaped(int calls) {
    return ran == calls && audit.proposed() == 0 && withCredential == 0;
  }

  /** There was no such tool: every call of it was denied, for that reason or an earlier one. */
  public boolean unknownTool(CoverageCase given, int calls) {
    return none()
        && (given == CoverageCase.AUDIT_FAILURE
            ? unrecorded()
            : audit.denied().size() == calls
                && (given == CoverageCase.REVOKED || denied(calls, "tool_unknown")));
  }

  /**
   * What was decided is what happened, and is on record once for each call.
   *
   * @param resumed whether an approved call was resumed
   * @param credential whether a body that ran must have had the call's credential
   */
  public boolean governed(CoverageCase given, int calls, boolean resumed, boolean credential) {
    return switch (given) {
      case ALLOW ->
          allRan(calls, credential) && audit.proposed() == calls && audit.denied().isEmpty();
      case DENY -> none() && denied(calls, "policy_forbidden");
      case APPROVAL ->
          ranAtFirst == 0
              && audit.approvalsAsked() == calls
              && (resumed ? allRan(calls, credential) && audit.approvalsUsed() == calls : none());
      case REVOKED -> none() && denied(calls, "agent_revoked");
      case PDP_ERROR -> none() && denied(calls, "policy_error");
      case AUDIT_FAILURE -> none() && unrecorded();
    };
  }

  private boolean allRan(int calls, boolean credential) {
    return ran == calls && audit.dispatched() == ran && (withCredential == ran || !credential);
  }

  private boolean none() {
    return ran == 0 && audit.dispatched() == 0;
  }

  /** Each was decided on once, also where several layers saw it. */
  private boolean denied(int calls, String reason) {
    return audit.proposed() == calls && audit.denied().equals(Collections.nCopies(calls, reason));
  }

  private boolean unrecorded() {
    return auditRefused > 0 && audit.proposed() == 0;
  }
}
