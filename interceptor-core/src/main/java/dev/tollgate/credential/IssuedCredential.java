package dev.tollgate.credential;

import dev.tollgate.secret.Secret;
import java.time.Instant;
import java.util.Set;

/**
 * What an issuer gave, checked to be no wider than what was asked for.
 *
 * @param reference the server's own id of it (a {@code jti}), for its logs and ours; no secret
 * @param token the token
 * @param audience the one audience it is good for
 * @param scopes the scopes it carries
 * @param expiresAt when the server lets it end
 * @param revocable whether {@link CredentialIssuer#revoke} can end it earlier
 */
public record IssuedCredential(
    String reference,
    Secret token,
    String audience,
    Set<String> scopes,
    Instant expiresAt,
    boolean revocable) {
  public IssuedCredential {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String toString() {
    return "IssuedCredential[" + reference + " for " + audience + "]";
  }
}
