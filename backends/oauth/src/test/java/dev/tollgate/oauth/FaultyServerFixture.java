package dev.tollgate.oauth;

import static dev.tollgate.oauth.FaultyServer.AUDIENCE;
import static dev.tollgate.oauth.FaultyServer.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An issuer whose server misbehaves. Whatever happens, no token shows in messages and logs. */
abstract class FaultyServerFixture {
  private static final ECKey CLIENT = Keys.ec("client-1");
  private static final ECKey SUBJECT_KEY = Keys.ec("subject-1");
  static final String SUBJECT_TOKEN =
      Keys.sign(SUBJECT_KEY, "{\"sub\":\"alice\",\"canary\":\"CANARY-SUBJECT\"}");
  private static final CredentialNeed NEED =
      new CredentialNeed(
          AUDIENCE, Set.of(SCOPE), URI.create("https://crm.example"), Duration.ofSeconds(60));

  @TempDir Path folder;
  final FaultyServer server = new FaultyServer();
  final LogCapture log = new LogCapture();
  OAuthCredentialIssuer issuer;

  @BeforeEach
  void makeIssuer() {
    issuer = issuer(Duration.ofSeconds(3));
  }

  @AfterEach
  void nothingLeaksAndClose() {
    String text = log.text();
    log.close();
    server.close();
    assertNoSecret(text);
  }

  static CredentialRequest wiped() {
    Secret secret = Secret.of(SUBJECT_TOKEN);
    secret.wipe();
    return request(secret);
  }

  static CredentialRequest request(@Nullable Object token) {
    return request(token, "planner");
  }

  static CredentialRequest request(@Nullable Object token, String agent) {
    Secret secret =
        token == null ? null : token instanceof Secret given ? given : Secret.of((String) token);
    Caller caller = new Caller("acme", "alice", secret);
    return new CredentialRequest("call-1", caller, AgentIdentity.of(agent), NEED);
  }

  CredentialException refused() {
    return refused("planner");
  }

  CredentialException refused(String agent) {
    CredentialException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                CredentialException.class, () -> issuer.issue(request(SUBJECT_TOKEN, agent))));
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertNoSecret(trace.toString());
    return refused;
  }

  private static void assertNoSecret(String text) {
    assertThat(text)
        .doesNotContain(SUBJECT_TOKEN)
        .doesNotContain("CANARY-")
        .doesNotContain("eyJ"); // how every JWT begins
  }

  OAuthCredentialIssuer issuer(Duration timeout) {
    return new OAuthCredentialIssuer(settings(timeout, false, null));
  }

  OAuthSettings settings(Duration timeout, boolean actorRequired, @Nullable Path agents) {
    return new OAuthSettings(
        URI.create(server.issuer()),
        server.at("/token"),
        server.at("/revoke"),
        server.at("/jwks"),
        "planner",
        Keys.file(folder, CLIENT),
        Duration.ofSeconds(2),
        timeout,
        actorRequired,
        agents);
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
