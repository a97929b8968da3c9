package dev.tollgate.audit;

/** A record could not be written. The call it belongs to is denied. */
public final class AuditException extends Exception {
  private static final long serialVersionUID = 1L;

  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }

  public AuditException(String message) {
    super(message);
  }
}
