package dev.tollgate.delegation;

import dev.tollgate.reason.ReasonCode;

/** Nothing was handed over. The message repeats nothing of a token. */
public final class DelegationException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ReasonCode reason;

  DelegationException(ReasonCode reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
