package dev.tollgate.key;

/**
 * A text could not be sealed or opened. The message never holds any of it, and there is no cause.
 */
public final class SealException extends Exception {
  private static final long serialVersionUID = 1L;

  public SealException(String message) {
    super(message);
  }
}
