package dev.tollgate.config;

import dev.tollgate.credential.CredentialIssuer;

/** Makes a credential issuer from configuration. Found by {@link java.util.ServiceLoader}. */
public interface CredentialProvider {

  /** What {@code tollgate.credential.issuer} calls it. */
  String name();

  /** The {@code tollgate.*} keys it reads. */
  Iterable<String> keys();

  /**
   * Makes the issuer.
   *
   * @throws RuntimeException if it cannot be made; the start fails with its message
   */
  CredentialIssuer create(Settings settings);
}
