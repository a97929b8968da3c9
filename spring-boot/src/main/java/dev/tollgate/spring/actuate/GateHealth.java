package dev.tollgate.spring.actuate;

import dev.tollgate.GateStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a gate can do its work, in terms that no line of Spring Boot owns. Denying is its work:
 * what counts is whether it could permit anything.
 *
 * @param state the status
 * @param details why, without secrets, paths or anything that somebody else wrote
 */
public record GateHealth(State state, Map<String, Object> details) {

  /** Each has Boot's name for the same. */
  public enum State {
    UP,
    /** Every call is denied until somebody puts it right. */
    DOWN,
    /** Every call is denied, because the gate was closed. */
    OUT_OF_SERVICE
  }

  public GateHealth {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** How it is now; asks nobody outside of this process. */
  public static GateHealth of(GateStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("mode", status.observe() ? "observe" : "enforce");
    details.put("audit", audit(status));
    details.put("policy", policy(status));
    if (status.reloadFailed()) {
      details.put("policyReload", "failed; the policies before stay in force");
    }
    if (status.pendingRevocations() > 0) {
      details.put("pendingRevocations", status.pendingRevocations());
    }
    return new GateHealth(state(status), details);
  }

  private static State state(GateStatus status) {
    if (status.closed()) {
      return State.OUT_OF_SERVICE;
    }
    return audit(status).equals("written") && policy(status).equals("in force")
        ? State.UP
        : State.DOWN;
  }

  private static String audit(GateStatus status) {
    if (status.auditMissing()) {
      return "missing";
    }
    return status.auditFailing() ? "failing" : "written";
  }

  private static String policy(GateStatus status) {
    if (status.policyMissing()) {
      return "missing";
    }
    if (status.stale()) {
      return "stale";
    }
    return status.answers() ? "in force" : "unavailable";
  }
}
