package dev.tollgate.demo.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.security.oauth2.core.AuthorizationGrantType.CLIENT_CREDENTIALS;
import static org.springframework.security.oauth2.core.AuthorizationGrantType.TOKEN_EXCHANGE;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.oauth.OAuthCredentialProvider;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;

/** The gate asks for credentials with the user as subject and the agent as actor. */
class ActorTokenTest {
  private static RunningIdp idp;
  @TempDir private static Path agents;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tollgate");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    idp = new RunningIdp();
    idp.part(AgentKeys.class).write(agents);
  }

  @AfterAll
  static void stop() {
    idp.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.TRACE);
  }

  @AfterEach
  void repairAndSeeThatNothingLeaked() {
    idp.part(IdpFaults.class).set(IdpFaults.Mode.NONE);
    logger.detachAppender(log);
    logger.setLevel(null);
    assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("eyJ"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"office-agent", "planner", "worker"})
  void theTokenSaysOnWhoseBehalfAndWhoActs(String agent) throws Exception {
    String token = text(issuer(true).issue(request(agent, "alice")));

    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("office-agent");
    Map<String, String> act = Map.of("iss", idp.address().issuer().toString(), "sub", agent);
    assertThat(claims.getJSONObjectClaim("act")).isEqualTo(act);
    assertThat(idp.introspect("mail", token)).containsEntry("act", act);
  }

  @Test
  void withoutAnActorNobodyIsNamedAndNoAgentsTokenIsAskedFor() throws Exception {
    int before = idp.issued(CLIENT_CREDENTIALS).size();
    String token = text(issuer(false).issue(request("nobody-knows-me", "alice")));

    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims()).doesNotContainKey("act");
    assertThat(idp.issued(CLIENT_CREDENTIALS)).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = IdpFaults.Mode.class,
      names = {"NO_ACTOR", "WRONG_ACTOR"})
  void aServerThatNamesNobodyOrAnotherIsFoundOutAndItsTokenRevoked(IdpFaults.Mode fault) {
    idp.part(IdpFaults.class).set(fault);

    CredentialException refused = refused("office-agent");

    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_ACTOR_MISSING);
    assertThat(refused).hasMessageContaining("it was revoked").hasMessageNotContaining("eyJ");
    List<OAuth2Authorization> exchanged = idp.issued(TOKEN_EXCHANGE);
    assertThat(idp.isActive(exchanged.get(exchanged.size() - 1))).isFalse();
  }

  @Test
  void withoutTheRequirementTheSameFaultGoesUnnoticed() throws Exception {
    idp.part(IdpFaults.class).set(IdpFaults.Mode.NO_ACTOR);
    IssuedCredential issued = issuer(false).issue(request("office-agent", "alice"));
    assertThat(idp.introspect("mail", text(issued))).containsEntry("active", true);
  }

  @Test
  void anAgentsOwnTokenIsAskedForOnceAndOpensNoDoor() throws Exception {
    int before = idp.issued(CLIENT_CREDENTIALS).size();
    CredentialIssuer issuer = issuer(true);
    for (int i = 0; i < 5; i++) {
      issuer.issue(request("worker", "alice"));
    }

    List<OAuth2Authorization> own = idp.issued(CLIENT_CREDENTIALS);
    assertThat(own).hasSize(before + 1);
    var token = Objects.requireNonNull(own.get(before).getAccessToken());
    assertThat(idp.introspect("mail", token.getToken().getTokenValue()))
        .containsEntry("sub", "worker")
        .containsEntry("client_id", "worker")
        .containsEntry("aud", List.of(idp.address().issuer().toString()))
        .doesNotContainKeys("scope", "act");
  }

  @Test
  void aTokenThatTheServerEndedIsReplacedAfterOneDenial() throws Exception {
    CredentialIssuer issuer = issuer(true);
    issuer.issue(request("worker", "alice"));
    List<OAuth2Authorization> own = idp.issued(CLIENT_CREDENTIALS);
    idp.part(OAuth2AuthorizationService.class).remove(own.get(own.size() - 1));

    CredentialException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                CredentialException.class, () -> issuer.issue(request("worker", "alice"))));
    assertThat(refused).hasMessageContaining("invalid_grant");
    assertThat(text(issuer.issue(request("worker", "alice")))).startsWith("eyJ");
  }

  @Test
  void anUnknownAgentIsRefused() {
    CredentialException refused = refused("stranger");
    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("stranger");
  }

  @Test
  void anActorCostsAFewMilliseconds() throws Exception {
    CredentialIssuer with = issuer(true);
    CredentialIssuer without = issuer(false);
    CredentialRequest request = request("worker", "alice");
    long[][] nanos = new long[2][300];
    for (int i = 0; i < 300; i++) { // by turns, so that both meet the same machine
      nanos[0][i] = timed(without, request);
      nanos[1][i] = timed(with, request);
    }
    System.out.printf(
        "exchange, warm: without actor %s, with actor %s%n", spread(nanos[0]), spread(nanos[1]));
    Arrays.sort(nanos[1]);
    assertThat(Duration.ofNanos(nanos[1][150])).isLessThan(Duration.ofMillis(500));
  }

  private static long timed(CredentialIssuer issuer, CredentialRequest request) throws Exception {
    long start = System.nanoTime();
    issuer.issue(request);
    return System.nanoTime() - start;
  }

  private static String spread(long[] nanos) {
    long[] warm = Arrays.copyOfRange(nanos, 100, nanos.length);
    Arrays.sort(warm);
    return "p50 %.1f ms, p95 %.1f ms"
        .formatted(warm[warm.length / 2] / 1e6, warm[warm.length * 95 / 100] / 1e6);
  }

  private static CredentialException refused(String agent) {
    return Objects.requireNonNull(
        catchThrowableOfType(
            CredentialException.class, () -> issuer(true).issue(request(agent, "alice"))));
  }

  private static CredentialIssuer issuer(boolean actorRequired) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "tollgate.oauth.issuer", idp.address().issuer().toString(),
                "tollgate.oauth.client-id", AgentKey.CLIENT_ID,
                "tollgate.oauth.client-key-file", agents.resolve("office-agent.jwk").toString()));
    if (actorRequired) {
      settings.put("tollgate.oauth.actor", "required");
      settings.put("tollgate.oauth.agents", agents.toString());
    }
    return new OAuthCredentialProvider().create(new Settings(settings));
  }

  private static CredentialRequest request(String agent, String user) {
    String login = idp.part(SubjectTokens.class).issue(user);
    return new CredentialRequest(
        "call-1",
        new Caller("acme", user, Secret.of(login)),
        AgentIdentity.of(agent),
        new CredentialNeed(
            "mail",
            Set.of("mail.read"),
            URI.create("https://mail.example"),
            Duration.ofSeconds(60)));
  }

  private static String text(IssuedCredential issued) {
    return issued.token().reveal(SecretAccess.granted(), value -> value);
  }
}
