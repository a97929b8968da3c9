package dev.tollgate.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the token server is.
 *
 * @param issuer the {@code iss} its tokens must have, {@code null} if nobody told
 * @param token where tokens are exchanged
 * @param revocation where they end, {@code null} if the server cannot end them
 * @param jwks the keys its tokens are signed with
 */
record Endpoints(@Nullable String issuer, URI token, @Nullable URI revocation, URI jwks) {

  /**
   * Whom our assertions are for. The issuer where it is known: an assertion for an endpoint's
   * address can be replayed by a server that lies about its endpoints (CVE-2025-27370).
   */
  String assertionAudience() {
    return issuer == null ? token.toString() : issuer;
  }
}
