package dev.tollgate.task;

/**
 * A request is under way, and nobody is signed in, or not in a way that names a caller. Whoever
 * catches it works on nobody's behalf: a configured caller must not step in.
 */
public final class NotSignedInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotSignedInException(String message) {
    super(message);
  }
}
