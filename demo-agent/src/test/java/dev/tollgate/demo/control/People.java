package dev.tollgate.demo.control;

import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.demo.idp.SubjectTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Tokens that the token server vouches for, each wrong in one thing at most. */
record People(RunningIdp idp) {

  /** A person's, as it should be. */
  String token(String user) {
    return idp.part(SubjectTokens.class).issueForApprovals(user);
  }

  /** A person's who has roles in the house. */
  String token(String user, String... roles) {
    return idp.part(SubjectTokens.class).issueForApprovals(user, List.of(roles));
  }

  /** What an agent holds of a person. */
  String subjectToken(String user) {
    return idp.part(SubjectTokens.class).issue(user);
  }

  /** A person's, save for what the server says of it. */
  String saying(String user, Consumer<Map<String, Object>> change) {
    OAuth2Authorization known = known(token(user));
    var access = Objects.requireNonNull(known.getAccessToken());
    Map<String, Object> claims = new HashMap<>(Objects.requireNonNull(access.getClaims()));
    change.accept(claims);
    store()
        .save(
            OAuth2Authorization.from(known)
                .token(
                    access.getToken(),
                    metadata ->
                        metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, claims))
                .build());
    return access.getToken().getTokenValue();
  }

  String ofClient(String user, String client) {
    OAuth2Authorization known = known(token(user));
    var access = Objects.requireNonNull(known.getAccessToken());
    var registered = idp.part(RegisteredClientRepository.class).findByClientId(client);
    store().remove(known);
    store()
        .save(
            OAuth2Authorization.withRegisteredClient(Objects.requireNonNull(registered))
                .principalName(user)
                .authorizationGrantType(known.getAuthorizationGrantType())
                .token(access.getToken(), metadata -> metadata.putAll(access.getMetadata()))
                .build());
    return access.getToken().getTokenValue();
  }

  String expired(String user) {
    OAuth2Authorization known = known(token(user));
    OAuth2AccessToken token = Objects.requireNonNull(known.getAccessToken()).getToken();
    Instant now = Instant.now();
    var old =
        new OAuth2AccessToken(
            token.getTokenType(),
            token.getTokenValue(),
            now.minus(Duration.ofHours(2)),
            now.minusSeconds(1));
    store().save(OAuth2Authorization.from(known).token(old).build());
    return token.getTokenValue();
  }

  String revoked(String user) {
    String value = token(user);
    store().remove(known(value));
    return value;
  }

  private OAuth2Authorization known(String token) {
    return Objects.requireNonNull(store().findByToken(token, OAuth2TokenType.ACCESS_TOKEN));
  }

  private OAuth2AuthorizationService store() {
    return idp.part(OAuth2AuthorizationService.class);
  }
}
