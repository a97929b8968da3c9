package dev.tollgate.demo.idp;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * What the server has issued, found by access token, the only kind of token here. Spring's own
 * store in memory scans everything for each question and forgets nothing.
 */
final class Authorizations implements OAuth2AuthorizationService {
  private static final int SAVES_BETWEEN_SWEEPS = 256;

  private final Map<String, OAuth2Authorization> byId = new ConcurrentHashMap<>();
  private final Map<String, String> idByToken = new ConcurrentHashMap<>();
  private final AtomicInteger saves = new AtomicInteger();

  @Override
  public void save(OAuth2Authorization authorization) {
    byId.put(authorization.getId(), authorization);
    idByToken.put(tokenValue(authorization), authorization.getId());
    if (saves.incrementAndGet() % SAVES_BETWEEN_SWEEPS == 0) {
      Instant now = Instant.now();
      byId.values().stream().filter(old -> expired(old, now)).toList().forEach(this::remove);
    }
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    byId.remove(authorization.getId());
    idByToken.remove(tokenValue(authorization));
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return byId.get(id);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    if (type != null && !OAuth2TokenType.ACCESS_TOKEN.equals(type)) {
      return null;
    }
    String id = idByToken.get(token);
    return id == null ? null : byId.get(id);
  }

  private static String tokenValue(OAuth2Authorization authorization) {
    var token = authorization.getAccessToken();
    if (token == null) {
      throw new IllegalArgumentException("an authorization without an access token");
    }
    return token.getToken().getTokenValue();
  }

  private static boolean expired(OAuth2Authorization authorization, Instant now) {
    var token = authorization.getAccessToken();
    Instant end = token == null ? null : token.getToken().getExpiresAt();
    return end != null && end.isBefore(now);
  }
}
