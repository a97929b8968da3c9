package dev.tollgate.secret;

/**
 * The capability to touch a secret. Code that reveals one must say so by naming this class, so that
 * every such place can be found, and reviewed, by a search.
 */
public final class SecretAccess {
  private static final SecretAccess GRANTED = new SecretAccess();

  private SecretAccess() {}

  /** Call this only where a secret must leave memory: towards the server it is for. */
  public static SecretAccess granted() {
    return GRANTED;
  }
}
