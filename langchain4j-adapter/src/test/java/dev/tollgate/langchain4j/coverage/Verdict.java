package dev.tollgate.langchain4j.coverage;

import dev.tollgate.testkit.coverage.CoverageCase;
import java.util.Collections;

/**
 * What came of a trial, and whether that is as it should be.
 *
 * @param ranAtFirst how often the body ran before anybody approved anything
 * @param ran how often it ran in all
 * @param withCredential how often with the call's credential
 * @param auditRefused how often the audit was asked to take a record and took none
 * @param audit what the audit has
 */
record Verdict(int ranAtFirst, int ran, int withCredential, int auditRefused, Evidence audit) {

  boolean ok(Route route, CoverageCase given, boolean woven) {
    int calls = route.calls();
    return switch (route.kind()) {
      case SPI -> governed(route, given);
      case ASPECT -> woven ? governed(route, given) : escaped(calls);
      case MADE_UP_NAME ->
          none()
              && (given == CoverageCase.AUDIT_FAILURE
                  ? unrecorded()
                  : audit.denied().size() == calls
                      && (given == CoverageCase.REVOKED || denied(calls, "tool_unknown")));
    };
  }

  /** It ran whatever anybody decided, nobody knows, and it had no credential. */
  private boolean escaped(int calls) {
    return ran == calls && audit.proposed() == 0 && withCredential == 0;
  }

  private boolean governed(Route route, CoverageCase given) {
    int calls = route.calls();
    return switch (given) {
      case ALLOW -> allRan(route) && audit.proposed() == calls && audit.denied().isEmpty();
      case DENY -> none() && denied(calls, "policy_forbidden");
      case APPROVAL ->
          ranAtFirst == 0
              && audit.approvalsAsked() == calls
              && (route.resumable() == null
                  ? none()
                  : allRan(route) && audit.approvalsUsed() == calls);
      case REVOKED -> none() && denied(calls, "agent_revoked");
      case PDP_ERROR -> none() && denied(calls, "policy_error");
      case AUDIT_FAILURE -> none() && unrecorded();
    };
  }

  private boolean allRan(Route route) {
    return ran == route.calls()
        && audit.dispatched() == ran
        // What an aspect calls a call is not in this suite's manifest.
        && (withCredential == ran || route.kind() == Route.Kind.ASPECT);
  }

  private boolean none() {
    return ran == 0 && audit.dispatched() == 0;
  }

  /** Each was decided on once, also where both layers saw it. */
  private boolean denied(int calls, String reason) {
    return audit.proposed() == calls && audit.denied().equals(Collections.nCopies(calls, reason));
  }

  private boolean unrecorded() {
    return auditRefused > 0 && audit.proposed() == 0;
  }
}
