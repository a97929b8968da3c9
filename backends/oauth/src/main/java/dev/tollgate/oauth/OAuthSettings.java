package dev.tollgate.oauth;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the token server is and who we are to it. Either the issuer is set, and what else is not
 * set is read from its metadata, or token endpoint and JWKS URI are.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param tokenEndpoint overrides the metadata
 * @param revocationEndpoint overrides the metadata; without any, credentials cannot be revoked
 * @param jwksUri overrides the metadata
 * @param clientId our client at the server
 * @param clientKeyFile our private JWK (EC, P-256)
 * @param connectTimeout up to 60 s
 * @param requestTimeout for one request from first to last byte, up to 60 s
 * @param actorRequired whether a credential must name the acting agent as its actor ({@code act})
 * @param agents folder with the private JWK of each further agent, {@code <agent id>.jwk}
 */
public record OAuthSettings(
    @Nullable URI issuer,
    @Nullable URI tokenEndpoint,
    @Nullable URI revocationEndpoint,
    @Nullable URI jwksUri,
    String clientId,
    Path clientKeyFile,
    Duration connectTimeout,
    Duration requestTimeout,
    boolean actorRequired,
    @Nullable Path agents) {
  private static final String PREFIX = "tollgate.oauth.";
  private static final String ISSUER = PREFIX + "issuer";
  private static final String TOKEN_ENDPOINT = PREFIX + "token-endpoint";
  private static final String REVOCATION_ENDPOINT = PREFIX + "revocation-endpoint";
  private static final String JWKS_URI = PREFIX + "jwks-uri";
  static final String CLIENT_ID = PREFIX + "client-id";
  static final String CLIENT_KEY_FILE = PREFIX + "client-key-file";
  private static final String CONNECT_TIMEOUT = PREFIX + "connect-timeout";
  private static final String REQUEST_TIMEOUT = PREFIX + "request-timeout";
  private static final String ACTOR = PREFIX + "actor";
  static final String AGENTS = PREFIX + "agents";
  private static final Duration LONGEST = Duration.ofSeconds(60);

  static final List<String> KEYS =
      List.of(
          ISSUER,
          TOKEN_ENDPOINT,
          REVOCATION_ENDPOINT,
          JWKS_URI,
          CLIENT_ID,
          CLIENT_KEY_FILE,
          CONNECT_TIMEOUT,
          REQUEST_TIMEOUT,
          ACTOR,
          AGENTS);

  public OAuthSettings {
    demandSafe(ISSUER, issuer);
    demandSafe(TOKEN_ENDPOINT, tokenEndpoint);
    demandSafe(REVOCATION_ENDPOINT, revocationEndpoint);
    demandSafe(JWKS_URI, jwksUri);
    demandBounded(CONNECT_TIMEOUT, connectTimeout);
    demandBounded(REQUEST_TIMEOUT, requestTimeout);
    if (clientId.isBlank()) {
      throw new ConfigurationException(CLIENT_ID, "is not set");
    }
    if (agents != null && !actorRequired) {
      throw new ConfigurationException(AGENTS, "is of use only with " + ACTOR + "=required");
    }
    if (issuer == null && (tokenEndpoint == null || jwksUri == null)) {
      throw new ConfigurationException(
          ISSUER, "is not set, and neither are both " + TOKEN_ENDPOINT + " and " + JWKS_URI);
    }
  }

  /**
   * Reads the {@code tollgate.oauth.*} keys.
   *
   * @throws ConfigurationException if one is missing or wrong
   */
  public static OAuthSettings from(Settings settings) {
    return new OAuthSettings(
        uri(settings, ISSUER),
        uri(settings, TOKEN_ENDPOINT),
        uri(settings, REVOCATION_ENDPOINT),
        uri(settings, JWKS_URI),
        settings.require(CLIENT_ID),
        settings.path(CLIENT_KEY_FILE),
        settings.duration(CONNECT_TIMEOUT, Duration.ofSeconds(2)),
        settings.duration(REQUEST_TIMEOUT, Duration.ofSeconds(3)),
        settings.oneOf(ACTOR, "none", "none", "required").equals("required"),
        settings.find(AGENTS) == null ? null : settings.path(AGENTS));
  }

  private static @Nullable URI uri(Settings settings, String key) {
    String value = settings.find(key);
    if (value == null) {
      return null;
    }
    URI uri = SafeUri.parse(value);
    if (uri == null) {
      throw new ConfigurationException(key, SafeUri.RULE);
    }
    return uri;
  }

  private static void demandSafe(String key, @Nullable URI uri) {
    if (uri != null && !SafeUri.isSafe(uri)) {
      throw new ConfigurationException(key, SafeUri.RULE);
    }
  }

  private static void demandBounded(String key, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(key, "must be more than 0 and at most 60s");
    }
  }
}
