package dev.tollgate.oauth;

import static dev.tollgate.reason.ReasonCode.CREDENTIAL_ACTOR_MISSING;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonValue;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/** Against a server that is real: who it says acts, and what it does not look at. */
class SpringActorTest {
  private static SpringServer server;
  @TempDir private Path folder;
  @TempDir private Path agents;

  @BeforeAll
  static void start() throws IOException {
    server = new SpringServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void soundAgain() {
    server.widen(context -> {});
  }

  @Test
  void theTokenSaysOnWhoseBehalfAndWhoActs() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(true);

    JsonValue.Members claims = claims(issuer.issue(request("planner", login())));

    assertThat(Json.text(claims.get("sub"))).isEqualTo("alice");
    assertThat(actor(claims)).isEqualTo("planner");
  }

  /** Known: the server does not look whether the actor and the exchanging client are the same. */
  @Test
  void anotherAgentsTokenIsExchangedByTheGatesOwnClientWhichCanRevokeTheResult()
      throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(true);
    IssuedCredential issued = issuer.issue(request("worker", login()));

    assertThat(actor(claims(issued))).isEqualTo("worker");
    assertThat(server.lastExchangedIsActive()).isTrue();
    issuer.revoke(issued.token());
    assertThat(server.lastExchangedIsActive()).isFalse();
  }

  @Test
  void handedOnTheNewActorStandsOutermostAndTheOldOneInside() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(true);
    String first = text(issuer.issue(request("planner", login())));

    JsonValue.Members claims = claims(issuer.issue(request("worker", first)));

    assertThat(actor(claims)).isEqualTo("worker");
    assertThat(actor((JsonValue.Members) Objects.requireNonNull(claims.get("act"))))
        .isEqualTo("planner");
  }

  /** Known: who exchanges a delegated token without an actor token gets one without a trace. */
  @Test
  void withoutAnActorTokenTheServerDropsTheChain() throws CredentialException {
    String delegated = text(issuer(true).issue(request("planner", login())));
    assertThat(claims(issuer(false).issue(request("planner", delegated))).get("act")).isNull();
  }

  @Test
  void aServerThatIgnoresTheActorIsFoundOut() {
    assertActorMissing(context -> context.getClaims().claims(claims -> claims.remove("act")));
  }

  @Test
  void aServerThatNamesAnotherActorIsFoundOut() {
    assertActorMissing(
        context -> context.getClaims().claim("act", Collections.singletonMap("sub", "worker")));
  }

  @Test
  void anAgentsOwnTokenIsAskedForOnce() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(true);
    int before = server.actorTokens().size();
    for (int i = 0; i < 5; i++) {
      issuer.issue(request("worker", login()));
    }
    assertThat(server.actorTokens()).hasSize(before + 1).endsWith("worker");
  }

  @Test
  void anAgentThatTheServerDoesNotKnowIsRefused() {
    Keys.file(agents, "stranger.jwk", Keys.ec("stranger-1"));
    CredentialException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                CredentialException.class, () -> issuer(true).issue(request("stranger", login()))));
    assertThat(refused.reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("invalid_client");
  }

  private void assertActorMissing(Consumer<JwtEncodingContext> how) {
    server.widen(how);
    CredentialException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                CredentialException.class, () -> issuer(true).issue(request("planner", login()))));
    assertThat(refused.reason()).isEqualTo(CREDENTIAL_ACTOR_MISSING);
    assertThat(refused).hasMessageContaining("it was revoked");
    assertThat(server.lastExchangedIsActive()).isFalse();
  }

  private static String actor(JsonValue.Members claims) {
    return Objects.requireNonNull(
        Json.text(((JsonValue.Members) Objects.requireNonNull(claims.get("act"))).get("sub")));
  }

  private static JsonValue.Members claims(IssuedCredential issued) {
    return Objects.requireNonNull(CompactJwt.parse(text(issued))).claims();
  }

  private static String text(IssuedCredential issued) {
    return issued.token().reveal(SecretAccess.granted(), value -> value);
  }

  private static String login() {
    return server.login("alice", "crm.read");
  }

  private static CredentialRequest request(String agent, String subjectToken) {
    return new CredentialRequest(
        "call-1",
        new Caller("acme", "alice", Secret.of(subjectToken)),
        AgentIdentity.of(agent),
        new CredentialNeed(
            "crm-api",
            Set.of("crm.read"),
            URI.create("https://crm.example"),
            Duration.ofSeconds(60)));
  }

  private OAuthCredentialIssuer issuer(boolean actorRequired) {
    Keys.file(agents, "worker.jwk", server.workerKey());
    return new OAuthCredentialIssuer(
        new OAuthSettings(
            server.issuer(),
            null,
            null,
            null,
            "planner",
            Keys.file(folder, server.clientKey()),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            actorRequired,
            actorRequired ? agents : null));
  }
}
