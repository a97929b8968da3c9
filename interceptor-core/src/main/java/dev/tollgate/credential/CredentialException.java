package dev.tollgate.credential;

import dev.tollgate.reason.ReasonCode;

/**
 * No credential. The message is for the operator's log, holds no secret and nothing the server
 * wrote verbatim.
 */
public final class CredentialException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ReasonCode reason;

  /**
   * @param reason one of the {@code CREDENTIAL_} reasons
   */
  public CredentialException(ReasonCode reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
