package dev.tollgate.credential;

/** The outbox could not keep what must be revoked; the call is denied. */
public final class OutboxException extends Exception {
  private static final long serialVersionUID = 1L;

  public OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
