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

/**
 * Issues what a person has after a login at the portal. It names the portal as its client and has
 * no {@code act}: a token of an agent's client, or with {@code act}, is no person's, whatever its
 * {@code sub}.
 */
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
   * Logs {@code user} in for an agent to work for.
   *
   * @return a JWT whose audience is the agent, for the {@code subject_token} of an exchange; it
   *     opens no door itself
   */
  public String issue(String user) {
    return issue(user, AgentKey.CLIENT_ID, List.of());
  }

  /**
   * Logs {@code user} in to approve calls. The subject token would not do: agents hold it.
   *
   * @return a JWT whose audience is {@link ResourceClients#APPROVALS}; it cannot be exchanged
   */
  public String issueForApprovals(String user) {
    return issueForApprovals(user, List.of());
  }

  /**
   * The same for somebody who has roles in the house.
   *
   * @param roles the {@code roles} claim (RFC 9068, section 2.2.3.1)
   */
  public String issueForApprovals(String user, List<String> roles) {
    return issue(user, ResourceClients.APPROVALS, roles);
  }

  private String issue(String user, String audience, List<String> roles) {
    Jwt jwt = sign(user, audience, roles);
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

  private Jwt sign(String user, String audience, List<String> roles) {
    Instant now = Instant.now();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(address.issuer().toString())
            .subject(user)
            .audience(List.of(audience))
            .claim(TokenClaims.CLIENT_ID, portal.getClientId())
            .issuedAt(now)
            .notBefore(now)
            .expiresAt(now.plus(LIFETIME))
            .id(UUID.randomUUID().toString());
    if (!roles.isEmpty()) {
      claims.claim("roles", roles);
    }
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims.build()));
  }
}
