package dev.tollgate.oauth;

import static dev.tollgate.oauth.FaultyServer.AUDIENCE;
import static dev.tollgate.oauth.FaultyServer.SCOPE;
import static dev.tollgate.oauth.FaultyServer.json;
import static dev.tollgate.oauth.FaultyServer.send;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_TIMEOUT;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNAVAILABLE;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNVERIFIABLE;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_WIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the server answers, or does not, the caller gets the right reason. */
class BadAnswerTest extends FaultyServerFixture {
  /** One answer that holds no usable token. */
  record NoToken(String name, FaultyServer.Reaction reaction, ReasonCode reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<NoToken> noTokens() {
    String page = "<html>CANARY-CLAIM</html>";
    return Stream.of(
        none("HTML", e -> send(e, 200, "text/html", page)),
        none("HTML that says JSON", e -> json(e, 200, page)),
        none("JSON that says HTML", e -> send(e, 200, "text/html", "{\"access_token\":\"x\"}")),
        none("empty", e -> json(e, 200, "")),
        none("no body", e -> e.sendResponseHeaders(204, -1)),
        none("array", e -> json(e, 200, "[]")),
        none("no token", e -> json(e, 200, "{\"token_type\":\"Bearer\"}")),
        none("empty token", e -> json(e, 200, FaultyServer.TOKEN_HEAD + "\"}")),
        none("500", e -> json(e, 500, "{\"error\":\"CANARY-CLAIM\"}")),
        none("400", e -> json(e, 400, "{\"error\":\"invalid_scope\"}")),
        none("1 MB", e -> json(e, 200, FaultyServer.TOKEN_HEAD + "a".repeat(1 << 20) + "\"}")),
        none("hangs up", e -> e.close()),
        none(
            "redirect",
            e -> {
              e.getResponseHeaders().set("Location", "/elsewhere");
              e.sendResponseHeaders(307, -1);
            }),
        new NoToken(
            "duplicate keys",
            e -> json(e, 200, FaultyServer.TOKEN_HEAD + "x\",\"access_token\":\"y\"}"),
            CREDENTIAL_UNVERIFIABLE));
  }

  private static NoToken none(String name, FaultyServer.Reaction reaction) {
    return new NoToken(name, reaction, CREDENTIAL_UNAVAILABLE);
  }

  @ParameterizedTest
  @MethodSource("noTokens")
  void anAnswerWithoutATokenIsRefusedAndNotAskedForAgain(NoToken fault) {
    server.token = fault.reaction();

    CredentialException refused = refused();

    assertThat(refused.reason()).isEqualTo(fault.reason());
    assertThat(server.tokenRequests).hasSize(1);
    assertThat(server.redirectsFollowed).hasValue(0);
    if (fault.name().equals("400")) {
      assertThat(refused).hasMessageContaining("invalid_scope");
    }
  }

  @Test
  void aSlowServerAndOneThatDripsTimeOut() {
    issuer = issuer(Duration.ofMillis(300));
    server.token = exchange -> pause(2000);
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_TIMEOUT);

    server.token =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 40; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause(50);
          }
        };
    long start = System.nanoTime();
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void nobodyListening() {
    server.close();
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
  }

  @Test
  void whatCannotBeRevokedIsRefusedAllTheSame() {
    String token = Keys.sign(server.key, server.claims("\"hr-api\"", "[]", 60));
    server.give(token);
    server.revocation = exchange -> json(exchange, 503, "{}");

    CredentialException refused = refused();

    assertThat(refused.reason()).isEqualTo(CREDENTIAL_WIDER);
    assertThat(refused).hasMessageContaining("could not be revoked");
    assertThat(server.revoked).containsExactly(token);
  }

  @Test
  void keysThatDoNotComeAreNoReasonToTrust() {
    String token = Keys.sign(server.key, server.claims());
    server.give(token);
    server.keys = exchange -> json(exchange, 500, "{}");
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
    assertThat(server.revoked).containsExactly(token);
  }

  @Test
  void slowKeysTimeOut() {
    issuer = issuer(Duration.ofMillis(300));
    server.give(Keys.sign(server.key, server.claims()));
    server.keys = exchange -> pause(2000);
    assertThat(refused().reason()).isEqualTo(CREDENTIAL_TIMEOUT);
    assertThat(server.revoked).hasSize(1);
  }

  @Test
  void aGoodTokenIsHandedOver() throws CredentialException {
    server.give(Keys.sign(server.key, server.claims("[\"crm-api\"]", "[\"crm.read\"]", 60)));

    IssuedCredential issued = issuer.issue(request(SUBJECT_TOKEN));
    issuer.issue(request(SUBJECT_TOKEN));

    assertThat(issued.reference()).isEqualTo("id-1");
    assertThat(issued.scopes()).containsExactly(SCOPE);
    assertThat(issued.revocable()).isTrue();
    assertThat(server.revoked).isEmpty();
    assertThat(server.keyReads).hasValue(1);
    assertThat(server.tokenRequests.get(0))
        .containsEntry("audience", List.of(AUDIENCE))
        .containsEntry("scope", List.of(SCOPE))
        .containsEntry("subject_token", List.of(SUBJECT_TOKEN));
    assertThat(server.tokenRequests.get(0).get("client_assertion"))
        .isNotEqualTo(server.tokenRequests.get(1).get("client_assertion"));
  }

  @Test
  void aReferenceThatCouldForgeALogLineIsDropped() throws CredentialException {
    server.give(Keys.sign(server.key, server.claims().replace("id-1", "a\\nb")));
    assertThat(issuer.issue(request(SUBJECT_TOKEN)).reference()).isEqualTo("none");
  }

  @Test
  void theCaptureHearsWhatIsLogged() {
    org.slf4j.LoggerFactory.getLogger("dev.tollgate.x").trace("heard {}", "one");
    java.util.logging.Logger.getLogger("jdk.x").finest("heard two");
    assertThat(log.text()).contains("heard one").contains("heard two");
  }

  @Test
  void noSubjectToken() {
    for (CredentialRequest request : List.of(request(null), wiped())) {
      CredentialException refused =
          Objects.requireNonNull(
              catchThrowableOfType(CredentialException.class, () -> issuer.issue(request)));
      assertThat(refused.reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
      assertThat(refused).hasMessageContaining("subject token");
    }
    assertThat(server.tokenRequests).isEmpty();
  }

  @Test
  void anInterruptedCallStillRevokes() throws CredentialException {
    Thread.currentThread().interrupt();
    try {
      issuer.revoke(Secret.of("CANARY-CLAIM-t"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.revoked).containsExactly("CANARY-CLAIM-t");
  }

  @Test
  void aPageOfAProxyIsNoRevocation() {
    server.revocation = exchange -> send(exchange, 200, "text/html", "<html>log in</html>");
    CredentialException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                CredentialException.class, () -> issuer.revoke(Secret.of("CANARY-CLAIM-t"))));
    assertThat(refused.reason()).isEqualTo(CREDENTIAL_UNAVAILABLE);
  }
}
