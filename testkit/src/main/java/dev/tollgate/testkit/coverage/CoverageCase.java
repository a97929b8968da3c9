package dev.tollgate.testkit.coverage;

/** What happens to a call on a path. The texts are those of the JSON. */
public enum CoverageCase {
  /** The policy permits it. */
  ALLOW("allow"),
  /** The policy denies it. */
  DENY("deny"),
  /** A person has to approve it; where the path can be resumed, one does. */
  APPROVAL("approval"),
  /** The agent was revoked before the call. */
  REVOKED("revoked"),
  /** The policy decision point throws. */
  PDP_ERROR("pdpError"),
  /** The audit takes no record. */
  AUDIT_FAILURE("auditFailure");

  private final String text;

  CoverageCase(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
