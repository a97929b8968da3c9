package dev.tollgate.oauth;

import static dev.tollgate.oauth.FaultyServer.json;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_ACTOR_MISSING;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_TIMEOUT;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNAVAILABLE;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNVERIFIABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.credential.CredentialException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an actor required, the server is told who acts, and must write it into the token. */
class ActorTest extends FaultyServerFixture {
  private static final ECKey WORKER = Keys.ec("worker-1");

  @TempDir private Path agents;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // wraps soon
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void requireTheActor() {
    Keys.file(agents, "worker.jwk", WORKER);
    issuer = requiring(Duration.ofSeconds(3));
    server.actor = exchange -> json(exchange, 200, actorAnswer(",\"expires_in\":60"));
    giveActing("\"act\":{\"iss\":\"" + server.issuer() + "\",\"sub\":\"planner\"}");
  }

  @Test
  void theExchangeCarriesTheAgentsOwnToken() throws CredentialException, ParseException {
    issuer.issue(request(SUBJECT_TOKEN));

    assertThat(server.actorRequests).hasSize(1);
    assertThat(server.actorRequests.get(0))
        .containsEntry("client_id", List.of("planner"))
        .doesNotContainKeys("scope", "audience", "subject_token");
    assertThat(server.tokenRequests.get(0))
        .containsEntry("subject_token", List.of(SUBJECT_TOKEN))
        .containsEntry("actor_token", List.of("CANARY-ACTOR-1"))
        .containsEntry(
            "actor_token_type", List.of("urn:ietf:params:oauth:token-type:access_token"));
  }

  @Test
  void anotherAgentOfTheProcessActsWithItsOwnKey() throws Exception {
    giveActing("\"act\":{\"sub\":\"worker\",\"act\":{\"sub\":\"planner\"}}");

    issuer.issue(request(SUBJECT_TOKEN, "worker"));

    String assertion =
        Objects.requireNonNull(server.actorRequests.get(0).get("client_assertion")).get(0);
    SignedJWT signed = SignedJWT.parse(assertion);
    assertThat(signed.getJWTClaimsSet().getSubject()).isEqualTo("worker");
    assertThat(signed.verify(new com.nimbusds.jose.crypto.ECDSAVerifier(WORKER))).isTrue();
    // The exchange stays the gate's own: it can revoke what it gets.
    assertThat(server.tokenRequests.get(0)).containsEntry("client_id", List.of("planner"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"azp\":\"planner\"",
        "\"act\":\"planner\"",
        "\"act\":null",
        "\"act\":[{\"sub\":\"planner\"}]",
        "\"act\":{}",
        "\"act\":{\"sub\":\"mallory\"}",
        "\"act\":{\"sub\":[\"planner\"]}",
        "\"act\":{\"sub\":\"Planner\"}",
        "\"act\":{\"sub\":\"mallory\",\"act\":{\"sub\":\"planner\"}}",
        "\"act\":{\"iss\":\"https://other.example\",\"sub\":\"planner\"}",
        "\"act\":{\"iss\":7,\"sub\":\"planner\"}",
        "\"may_act\":{\"sub\":\"planner\"}"
      })
  void aTokenThatDoesNotNameTheAgentAsActorIsRevokedAndRefused(String claim) {
    String token = giveActing(claim);

    CredentialException refused = refused();

    assertThat(refused.reason()).isEqualTo(CREDENTIAL_ACTOR_MISSING);
    assertThat(refused).hasMessageContaining("it was revoked");
    assertThat(server.revoked).containsExactly(token);
  }

  @Test
  void withoutTheRequirementNobodyIsNamedAndNobodyIsChecked() throws CredentialException {
    issuer = issuer(Duration.ofSeconds(3));
    giveActing("\"azp\":\"planner\"");

    issuer.issue(request(SUBJECT_TOKEN, "nobody-knows-me"));

    assertThat(server.actorRequests).isEmpty();
    assertThat(server.tokenRequests.get(0)).doesNotContainKeys("actor_token", "actor_token_type");
  }

  @Test
  void anAgentWithoutRegistrationIsRefusedBeforeAnythingIsAsked() {
    CredentialException refused = refused("stranger");
    assertThat(refused.reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("stranger").hasMessageContaining("agents");
    assertThat(refused("../worker\n2026 INFO paid")).hasMessageNotContaining("paid");
    assertThat(server.actorRequests).isEmpty();
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  void theAgentsTokenIsKeptUntilShortlyBeforeItsEnd() throws CredentialException {
    issuer.issue(request(SUBJECT_TOKEN));
    nanos.addAndGet(Duration.ofSeconds(49).toNanos());
    issuer.issue(request(SUBJECT_TOKEN));
    assertThat(server.actorRequests).hasSize(1);

    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    issuer.issue(request(SUBJECT_TOKEN));
    assertThat(server.actorRequests).hasSize(2);
    assertThat(server.tokenRequests.get(2)).containsEntry("actor_token", List.of("CANARY-ACTOR-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"expires_in\":9", ",\"expires_in\":-1", ",\"expires_in\":\"3600\""})
  void aTokenWithoutAUsefulLifetimeIsUsedOnce(String expiresIn) throws CredentialException {
    server.actor = exchange -> json(exchange, 200, actorAnswer(expiresIn));
    issuer.issue(request(SUBJECT_TOKEN));
    issuer.issue(request(SUBJECT_TOKEN));
    assertThat(server.actorRequests).hasSize(2);
  }

  @Test
  void aTokenThatLivesForDaysIsStillRenewedAfterMinutes() throws CredentialException {
    server.actor = exchange -> json(exchange, 200, actorAnswer(",\"expires_in\":1e300"));
    issuer.issue(request(SUBJECT_TOKEN));
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    issuer.issue(request(SUBJECT_TOKEN));
    assertThat(server.actorRequests).hasSize(2);
  }

  @Test
  void callsAtTheSameTimeShareOneToken() throws Exception {
    server.actor =
        exchange -> {
          pause(100); // so that the others come while this one is under way
          json(exchange, 200, actorAnswer(",\"expires_in\":60"));
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> call = () -> issuer.issue(request(SUBJECT_TOKEN)).reference();
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(call);
      }
      for (Future<String> issued : threads.invokeAll(calls)) {
        assertThat(issued.get()).isEqualTo("id-1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.actorRequests).hasSize(1);
    assertThat(server.tokenRequests).hasSize(16);
  }

  @Test
  void aRefusedExchangeMakesTheNextCallBringANewActorToken() throws CredentialException {
    issuer.issue(request(SUBJECT_TOKEN));
    server.token = exchange -> json(exchange, 400, "{\"error\":\"invalid_grant\"}");
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);

    giveActing("\"act\":{\"sub\":\"planner\"}");
    issuer.issue(request(SUBJECT_TOKEN));

    assertThat(server.actorRequests).hasSize(2);
    assertThat(server.tokenRequests.get(2)).containsEntry("actor_token", List.of("CANARY-ACTOR-2"));
  }

  @Test
  void noActorTokenNoExchange() {
    server.actor = exchange -> json(exchange, 401, "{\"error\":\"invalid_client\"}");
    CredentialException refused = refused();
    assertThat(refused.reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("invalid_client");

    server.actor = exchange -> json(exchange, 200, actorAnswer(",\"refresh_token\":\"CANARY-R\""));
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNVERIFIABLE);
    assertThat(server.revoked).containsExactly("CANARY-R", "CANARY-ACTOR-1");

    server.actor = exchange -> json(exchange, 200, actorAnswer("").replace("Bearer", "N_A"));
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNVERIFIABLE);

    issuer = requiring(Duration.ofMillis(300));
    server.actor = exchange -> pause(1000);
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_TIMEOUT);
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  void aCancelledCallIsRefusedAndStaysCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.tokenRequests).isEmpty();
  }

  private OAuthCredentialIssuer requiring(Duration timeout) {
    return new OAuthCredentialIssuer(settings(timeout, true, agents), nanos::get);
  }

  private String actorAnswer(String more) {
    return "{\"token_type\":\"Bearer\",\"access_token\":\"CANARY-ACTOR-%d\"%s}"
        .formatted(made.incrementAndGet(), more);
  }

  /** Makes the server give a token that is as asked for, with this claim in addition. */
  private String giveActing(String claim) {
    String token = Keys.sign(server.key, server.claims().replaceFirst("\\{", "{" + claim + ","));
    server.give(token);
    return token;
  }
}
