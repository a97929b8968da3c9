package dev.tollgate.demo.idp;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/** Issues what a user has after a login: a token to be exchanged, which opens no door itself. */
public final class SubjectTokens {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final RegisteredClient portal;
  private final OAuth2AuthorizationService authorizations;
  private final JwtEncoder encoder;
  private final IdpAddress address;

  SubjectTokens(
      RegisteredClient portal,
      OAuth2AuthorizationService authorizations,
      JwtEncoder encoder,
      IdpAddress address) {
    this.portal = portal;
    this.authorizations = authorizations;
    this.encoder = encoder;
    this.address = address;
  }

  /**
   * Logs {@code user} in.
   *
   * @return a JWT whose audience is the agent, for the {@code subject_token} of an exchange
   */
  public String issue(String user) {
    Jwt jwt = sign(user);
    var token =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            jwt.getTokenValue(),
            jwt.getIssuedAt(),
            jwt.getExpiresAt(),
            Set.of());
    var principal = UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    authorizations.save(
        OAuth2Authorization.withRegisteredClient(portal)
            .principalName(user)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            // Without a principal the server refuses to exchange the token.
            .attribute(Principal.class.getName(), principal)
            .token(
                token,
                metadata -> {
                  metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, jwt.getClaims());
                  metadata.put(
                      OAuth2TokenFormat.class.getName(),
                      OAuth2TokenFormat.SELF_CONTAINED.getValue());
                })
            .build());
    return jwt.getTokenValue();
  }

  private Jwt sign(String user) {
    Instant now = Instant.now();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(address.issuer().toString())
            .subject(user)
            .audience(List.of(AgentKey.CLIENT_ID))
            .issuedAt(now)
            .notBefore(now)
            .expiresAt(now.plus(LIFETIME))
            .id(UUID.randomUUID().toString())
            .build();
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims));
  }
}
