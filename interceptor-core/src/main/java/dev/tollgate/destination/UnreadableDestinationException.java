package dev.tollgate.destination;

/** A text that names no place, or that two programs could read as two different places. */
public final class UnreadableDestinationException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableDestinationException(String problem) {
    super(problem, null, false, false);
  }
}
