package dev.tollgate.credential;

import dev.tollgate.secret.Secret;

/**
 * Issues credentials for single calls and takes them back. Implementations are thread-safe and
 * bound their own time.
 */
public interface CredentialIssuer {

  /**
   * Gets a credential, and checks that it is no wider than asked for in audience, scope and
   * lifetime. What is wider is revoked before the exception is thrown.
   */
  IssuedCredential issue(CredentialRequest request) throws CredentialException;

  /**
   * Ends a credential at its issuer. Called again, also by another process and after a restart,
   * until it returns.
   *
   * @param token the token
   * @throws CredentialException if it may still be alive
   */
  void revoke(Secret token) throws CredentialException;

  /** The issuer's name in the audit and the outbox, such as {@code oauth}. */
  String name();
}
