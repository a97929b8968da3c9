package dev.tollgate.spring.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the token server is, from whoever started it: a bean of this type, a Testcontainers
 * container or a Docker Compose service takes the place of the addresses in {@code
 * tollgate.oauth.*}. Who the gate is to that server stays in the settings. Addresses are {@code
 * https}, or {@code http} on the loopback.
 */
public interface TokenServerConnectionDetails extends ConnectionDetails {

  /** The exact {@code iss} of its tokens. */
  String issuer();

  /** {@code null}: as the server's metadata say. */
  default @Nullable String tokenEndpoint() {
    return null;
  }

  /** {@code null}: as the server's metadata say. */
  default @Nullable String revocationEndpoint() {
    return null;
  }

  /** {@code null}: as the server's metadata say. */
  default @Nullable String jwksUri() {
    return null;
  }
}
