package dev.tollgate.demo.idp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class AuthorizationsTest {
  private final RegisteredClient portal =
      Objects.requireNonNull(
          IdpClients.repository(
                  Set.of("office-agent"), ResourceClients.generate(), IdpSecurity.SECRET_ENCODER)
              .findByClientId(ResourceClients.PORTAL));
  private final Authorizations authorizations = new Authorizations();

  @Test
  void forgetsWhatHasExpired() {
    Instant now = Instant.now();
    authorizations.save(authorization("old", now.minusSeconds(1)));
    for (int i = 0; i < 300; i++) {
      authorizations.save(authorization("new-" + i, now.plusSeconds(60)));
    }

    assertThat(authorizations.findByToken("old", null)).isNull();
    assertThat(authorizations.findByToken("new-0", OAuth2TokenType.ACCESS_TOKEN)).isNotNull();
    assertThat(authorizations.findByToken("new-0", OAuth2TokenType.REFRESH_TOKEN)).isNull();
  }

  private OAuth2Authorization authorization(String token, Instant end) {
    return OAuth2Authorization.withRegisteredClient(portal)
        .principalName("alice")
        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
        .accessToken(
            new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, token, end.minusSeconds(60), end))
        .build();
  }
}
