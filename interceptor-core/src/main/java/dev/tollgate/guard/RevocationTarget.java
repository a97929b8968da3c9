package dev.tollgate.guard;

import dev.tollgate.reason.ReasonCode;

/**
 * What can be revoked. What hangs on it ends with it.
 *
 * @param tenant whose it is
 * @param kind what it is
 * @param id which one; empty for a whole tenant, and for nothing else
 */
public record RevocationTarget(String tenant, Kind kind, String id) {

  /** What can be revoked. */
  public enum Kind {
    /** A task, with all that was delegated within it and every approval that waits in it. */
    TASK(ReasonCode.TASK_REVOKED),
    /** An agent, also where it works for another one, and all that it handed on. */
    AGENT(ReasonCode.AGENT_REVOKED),
    /** A user: everything that is done on its behalf. */
    SUBJECT(ReasonCode.SUBJECT_REVOKED),
    /** The kill switch: everything of a tenant. */
    TENANT(ReasonCode.TENANT_REVOKED),
    /** A delegation, with those that come from it. */
    DELEGATION(ReasonCode.DELEGATION_REVOKED),
    /** The credential of one call, and with it the call. */
    LEASE(ReasonCode.LEASE_REVOKED);

    private final ReasonCode reason;

    Kind(ReasonCode reason) {
      this.reason = reason;
    }
  }

  public RevocationTarget {
    // One that could never hit anything would be acknowledged all the same.
    if ((kind == Kind.TENANT) != id.isEmpty()) {
      throw new IllegalArgumentException("a tenant is revoked without an id, all else with one");
    }
    if (tenant.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a tenant is one line");
    }
  }

  /** Why a call is denied that this hits. */
  public ReasonCode reason() {
    return kind.reason;
  }

  public static RevocationTarget task(String tenant, String taskId) {
    return new RevocationTarget(tenant, Kind.TASK, taskId);
  }

  public static RevocationTarget agent(String tenant, String agent) {
    return new RevocationTarget(tenant, Kind.AGENT, agent);
  }

  public static RevocationTarget subject(String tenant, String subject) {
    return new RevocationTarget(tenant, Kind.SUBJECT, subject);
  }

  public static RevocationTarget tenant(String tenant) {
    return new RevocationTarget(tenant, Kind.TENANT, "");
  }

  public static RevocationTarget delegation(String tenant, String delegation) {
    return new RevocationTarget(tenant, Kind.DELEGATION, delegation);
  }

  public static RevocationTarget lease(String tenant, String lease) {
    return new RevocationTarget(tenant, Kind.LEASE, lease);
  }
}
