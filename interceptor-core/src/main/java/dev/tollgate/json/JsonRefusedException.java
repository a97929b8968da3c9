package dev.tollgate.json;

import dev.tollgate.reason.ReasonCode;

/**
 * The strict parser refused a text. The message says why and where, and never repeats the text
 * itself.
 */
public final class JsonRefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ReasonCode reason;

  JsonRefusedException(ReasonCode reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
