package dev.tollgate.demo.idp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Puts the requested audience into an exchanged token; by itself the server would name the client.
 */
final class CallTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
  /** RFC 8693, section 2.2.2. */
  private static final String INVALID_TARGET = "invalid_target";

  private static final Duration LONG = Duration.ofHours(1);

  private final Set<String> knownAudiences;
  private final IdpFaults faults;

  CallTokenClaims(Set<String> knownAudiences, IdpFaults faults) {
    this.knownAudiences = Set.copyOf(knownAudiences);
    this.faults = faults;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    if (!(context.getAuthorizationGrant()
        instanceof OAuth2TokenExchangeAuthenticationToken grant)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE);
    }
    Set<String> audiences = grant.getAudiences();
    if (audiences.isEmpty() || !knownAudiences.containsAll(audiences)) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error(INVALID_TARGET, "Name an audience: " + knownAudiences, null));
    }
    context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
    context.getClaims().audience(List.copyOf(audiences));
    if (faults.mode() == IdpFaults.Mode.LONG_LIVED) {
      context.getClaims().expiresAt(Instant.now().plus(LONG));
    }
  }
}
