package dev.tollgate;

/**
 * How a gate stands at one moment, without secrets.
 *
 * @param closed whether it was closed: every call is denied
 * @param observe whether calls run that were denied for an observable reason
 * @param engine the policy engine's name
 * @param revision the revision in force; {@code unavailable} if the engine does not say
 * @param policyMissing whether no policy is configured: every call is denied
 * @param reloadFailed whether the last policies that were found did not load
 * @param auditMissing whether no audit is configured: every call is denied
 * @param auditFailing whether the last record could not be written
 * @param unprotected how many places decide on what is permitted and can be written by this process
 * @param openLeases how many calls hold a credential
 * @param pendingRevocations how many credentials of calls that have ended could not be revoked yet
 */
public record GateStatus(
    boolean closed,
    boolean observe,
    String engine,
    String revision,
    boolean policyMissing,
    boolean reloadFailed,
    boolean auditMissing,
    boolean auditFailing,
    int unprotected,
    int openLeases,
    int pendingRevocations) {
  private static final String UNAVAILABLE = "unavailable";

  /** Whether the policies in force are too old to count: every call is denied. */
  public boolean stale() {
    return revision.startsWith("stale:");
  }

  /** Whether the policy engine says what is in force. */
  public boolean answers() {
    return !revision.equals(UNAVAILABLE);
  }

  static GateStatus of(GateParts parts, boolean reloadFailed, int unprotected) {
    String engine;
    String revision;
    try {
      engine = parts.policy.name();
      revision = parts.policy.revision();
    } catch (RuntimeException | Error e) { // a status is asked for when things are broken
      engine = parts.policy.getClass().getName();
      revision = UNAVAILABLE;
    }
    return new GateStatus(
        parts.closed.getAsBoolean(),
        parts.observe,
        engine == null ? UNAVAILABLE : engine,
        revision == null ? UNAVAILABLE : revision,
        parts.policyMissing,
        reloadFailed,
        parts.audit.missing(),
        parts.audit.failing(),
        unprotected,
        parts.credentials.open().size(),
        parts.credentials.pendingRevocations());
  }
}
