package dev.tollgate.bundle;

/** A bundle that is not to be used. The message says why, in words of the gate's own. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BundleException(String problem) {
    super(problem);
  }
}
