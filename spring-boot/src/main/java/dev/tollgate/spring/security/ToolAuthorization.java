package dev.tollgate.spring.security;

import dev.tollgate.reason.ReasonCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;

/**
 * The gate's answer in Spring Security's words. Only what the gate permits at once is granted. What
 * it carries may be shown to users: a reason code and ids, nothing of a policy.
 */
public class ToolAuthorization extends AuthorizationDecision {
  private static final long serialVersionUID = 1L;
  private final @Nullable ReasonCode reason;
  private final String decisionId;

  ToolAuthorization(@Nullable ReasonCode reason, String decisionId) {
    super(reason == null);
    this.reason = reason;
    this.decisionId = decisionId;
  }

  /** Why it is not granted; {@code null} if it is. */
  public final @Nullable ReasonCode reason() {
    return reason;
  }

  /** The id to look up in the audit. */
  public final String decisionId() {
    return decisionId;
  }

  @Override
  public String toString() {
    return "ToolAuthorization["
        + (reason == null ? "granted" : reason.code())
        + ", "
        + decisionId
        + "]";
  }

  /** Not granted until a person has approved exactly this call: a step-up, as data. */
  public static final class ApprovalNeeded extends ToolAuthorization {
    private static final long serialVersionUID = 1L;
    private final @Nullable String approvalId;

    ApprovalNeeded(@Nullable String approvalId, String decisionId) {
      super(ReasonCode.APPROVAL_REQUIRED, decisionId);
      this.approvalId = approvalId;
    }

    /** The approval to ask a person for; {@code null} if this gate asks none. */
    public @Nullable String approvalId() {
      return approvalId;
    }
  }
}
