package dev.tollgate.demo.idp;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeCompositeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/**
 * Puts the requested audience into an exchanged token; by itself the server would name the client.
 * The server writes {@code act} when an actor token came, but takes anybody's: who may act is
 * checked here.
 */
final class CallTokenClaims {
  /** RFC 8693, section 2.2.2. */
  private static final String INVALID_TARGET = "invalid_target";

  private static final String ACT = "act";
  private static final Duration LONG = Duration.ofHours(1);

  private final Set<String> knownAudiences;
  private final IdpFaults faults;

  CallTokenClaims(Set<String> knownAudiences, IdpFaults faults) {
    this.knownAudiences = Set.copyOf(knownAudiences);
    this.faults = faults;
  }

  void write(OAuth2TokenExchangeAuthenticationToken grant, JwtEncodingContext context) {
    Set<String> audiences = grant.getAudiences();
    if (audiences.isEmpty() || !knownAudiences.containsAll(audiences)) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error(INVALID_TARGET, "Name an audience: " + knownAudiences, null));
    }
    if (isForApprovals(context.getAuthorization()) || !actorIsAgent(context)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
    context.getClaims().audience(List.copyOf(audiences));
    misbehave(context);
  }

  private void misbehave(JwtEncodingContext context) {
    switch (faults.mode()) {
      case LONG_LIVED -> context.getClaims().expiresAt(Instant.now().plus(LONG));
      case NO_ACTOR -> context.getClaims().claims(claims -> claims.remove(ACT));
      case WRONG_ACTOR ->
          context
              .getClaims()
              .claims(claims -> claims.replace(ACT, Map.of(JwtClaimNames.SUB, "another-agent")));
      default -> {
        // The other faults happen before the token is made.
      }
    }
  }

  /** What a person approves calls with is nothing for an agent to act on. */
  private static boolean isForApprovals(@Nullable OAuth2Authorization subject) {
    var token = subject == null ? null : subject.getAccessToken();
    Map<String, Object> claims = token == null ? null : token.getClaims();
    return claims != null && isFor(ResourceClients.APPROVALS, claims);
  }

  /** Only an agent's own token is for this server: no login is, and no call's token. */
  private static boolean actorIsAgent(JwtEncodingContext context) {
    if (!(context.getPrincipal()
        instanceof OAuth2TokenExchangeCompositeAuthenticationToken delegated)) {
      return true; // no actor token came
    }
    String server = context.getAuthorizationServerContext().getIssuer();
    return isFor(server, delegated.getActors().get(0).getClaims());
  }

  private static boolean isFor(String audience, Map<String, Object> claims) {
    return claims.get(JwtClaimNames.AUD) instanceof Collection<?> audiences
        && audiences.contains(audience);
  }
}
