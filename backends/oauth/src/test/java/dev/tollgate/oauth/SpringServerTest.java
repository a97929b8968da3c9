package dev.tollgate.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/** Against a server that is real: what it grants, what it widens, what revocation does. */
class SpringServerTest {
  private static SpringServer server;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = new SpringServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void narrowAgain() {
    server.widen(context -> {});
  }

  @Test
  void exchangesForOneAudienceAndOneScope() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(server.clientKey());

    IssuedCredential issued = issuer.issue(request("crm.read"));

    assertThat(issued.audience()).isEqualTo("crm-api");
    assertThat(issued.scopes()).containsExactly("crm.read");
    assertThat(issued.expiresAt()).isBefore(Instant.now().plusSeconds(66));
    assertThat(issued.reference()).matches("[A-Za-z0-9._-]{36}");
    assertThat(issued.revocable()).isTrue();
    assertThat(issued.toString()).doesNotContain("eyJ");
    assertThat(active(issued.token())).isTrue();
    assertThat(server.lastExchangedIsActive()).isTrue();
  }

  @Test
  void revocationEndsTheTokenAndMayBeRepeated() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(server.clientKey());
    IssuedCredential issued = issuer.issue(request("crm.read"));

    issuer.revoke(issued.token());

    assertThat(active(issued.token())).isFalse();
    issuer.revoke(issued.token());
    // As the outbox does after a restart.
    issuer(server.clientKey()).revoke(issued.token());
  }

  @Test
  void aSecondAudienceIsWiderAndRevoked() {
    assertWiderAndRevoked(context -> context.getClaims().audience(List.of("crm-api", "hr-api")));
  }

  @Test
  void anotherScopeIsWiderAndRevoked() {
    assertWiderAndRevoked(
        context -> context.getClaims().claim("scope", List.of("crm.read", "crm.write")));
  }

  @Test
  void aLongerLifeIsWiderAndRevoked() {
    assertWiderAndRevoked(
        context -> context.getClaims().expiresAt(Instant.now().plusSeconds(3600)));
  }

  @Test
  void aServerLeftToItsDefaultsIgnoresTheAudience() {
    server.leaveAlone();
    assertWiderAndRevoked();
  }

  /** Known: the server does not look at the subject token's scopes. The policy has to. */
  @Test
  void aScopeTheUsersTokenLacksIsGrantedAllTheSame() throws CredentialException {
    IssuedCredential issued = issuer(server.clientKey()).issue(request("crm.write"));
    assertThat(issued.scopes()).containsExactly("crm.write");
  }

  @Test
  void aScopeTheClientDoesNotHaveIsRefused() {
    CredentialException refused = refused(server.clientKey(), request("hr.admin"));
    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("invalid_scope");
  }

  @Test
  void anotherClientsKeyIsRefused() {
    CredentialException refused = refused(Keys.ec("client-1"), request("crm.read"));
    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("invalid_client");
  }

  @Test
  void aTokenNobodyLoggedInForIsRefused() {
    CredentialException refused =
        refused(
            server.clientKey(), request("crm.read", Keys.sign(Keys.ec("x"), "{\"sub\":\"a\"}")));
    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("invalid_grant");
  }

  @Test
  void exchangeAndRevokeAreQuickEnoughForEveryCall() throws CredentialException {
    OAuthCredentialIssuer issuer = issuer(server.clientKey());
    CredentialRequest request = request("crm.read");
    long[] nanos = new long[400];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      issuer.revoke(issuer.issue(request).token());
      nanos[i] = System.nanoTime() - start;
    }
    long[] warm = Arrays.copyOfRange(nanos, 200, nanos.length);
    Arrays.sort(warm);
    System.out.printf(
        "exchange + revoke, warm: p50 %.1f ms, p95 %.1f ms%n",
        warm[warm.length / 2] / 1e6, warm[warm.length * 95 / 100] / 1e6);
    assertThat(Duration.ofNanos(warm[warm.length / 2])).isLessThan(Duration.ofMillis(500));
  }

  private void assertWiderAndRevoked(Consumer<JwtEncodingContext> how) {
    server.widen(how);
    assertWiderAndRevoked();
  }

  private void assertWiderAndRevoked() {
    CredentialException refused = refused(server.clientKey(), request("crm.read"));

    assertThat(refused.reason()).isEqualTo(ReasonCode.CREDENTIAL_WIDER);
    assertThat(refused).hasMessageContaining("it was revoked");
    assertThat(server.lastExchangedIsActive()).isFalse();
  }

  private CredentialException refused(ECKey key, CredentialRequest request) {
    return Objects.requireNonNull(
        catchThrowableOfType(CredentialException.class, () -> issuer(key).issue(request)));
  }

  /** Asks the server itself, by introspection. */
  private boolean active(Secret token) throws CredentialException {
    Transport transport = new Transport(Duration.ofSeconds(2), Duration.ofSeconds(3));
    ClientAuthentication client =
        new ClientAuthentication(
            "planner",
            ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, Keys.file(folder, server.clientKey())));
    URI endpoint = URI.create(server.issuer() + "/oauth2/introspect");
    Endpoints endpoints = new Endpoints(server.issuer().toString(), endpoint, null, endpoint);
    String text = token.reveal(SecretAccess.granted(), value -> value);
    Answer answer =
        transport.post(
            endpoint, client.sign(Map.of("token", List.of(text)), endpoints), "introspection");
    JsonValue active = Objects.requireNonNull(answer.json("introspection").get("active"));
    return active.equals(new JsonValue.Bool(true));
  }

  private static CredentialRequest request(String scope) {
    return request(scope, server.login("alice", "crm.read"));
  }

  private static CredentialRequest request(String scope, String subjectToken) {
    return new CredentialRequest(
        "call-1",
        new Caller("acme", "alice", Secret.of(subjectToken)),
        AgentIdentity.of("planner"),
        new CredentialNeed(
            "crm-api", Set.of(scope), URI.create("https://crm.example"), Duration.ofSeconds(60)));
  }

  private OAuthCredentialIssuer issuer(ECKey key) {
    return new OAuthCredentialIssuer(
        new OAuthSettings(
            server.issuer(),
            null,
            null,
            null,
            "planner",
            Keys.file(folder, key),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            false,
            null));
  }
}
