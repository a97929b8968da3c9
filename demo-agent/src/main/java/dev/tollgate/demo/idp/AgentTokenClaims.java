package dev.tollgate.demo.idp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/**
 * An agent's own token, for the {@code actor_token} of an exchange. It says who the agent is and
 * opens no door: its audience is this server, and it has no scope.
 */
final class AgentTokenClaims {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  void write(OAuth2ClientCredentialsAuthenticationToken grant, JwtEncodingContext context) {
    if (!grant.getScopes().isEmpty()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
    }
    String server = context.getAuthorizationServerContext().getIssuer();
    context.getClaims().audience(List.of(server)).expiresAt(Instant.now().plus(LIFETIME));
  }
}
