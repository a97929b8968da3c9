package dev.tollgate.demo.idp;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What stands in the tokens that the token endpoint issues, by the way they were asked for. */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
  /** To whom a token was issued (RFC 9068): what tells a person's token from an agent's. */
  static final String CLIENT_ID = "client_id";

  private final AgentTokenClaims agents;
  private final CallTokenClaims calls;

  TokenClaims(AgentTokenClaims agents, CallTokenClaims calls) {
    this.agents = agents;
    this.calls = calls;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
    context.getClaims().claim(CLIENT_ID, context.getRegisteredClient().getClientId());
    if (context.getAuthorizationGrant() instanceof OAuth2TokenExchangeAuthenticationToken grant) {
      calls.write(grant, context);
    } else if (context.getAuthorizationGrant()
        instanceof OAuth2ClientCredentialsAuthenticationToken grant) {
      agents.write(grant, context);
    } else {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE);
    }
  }
}
