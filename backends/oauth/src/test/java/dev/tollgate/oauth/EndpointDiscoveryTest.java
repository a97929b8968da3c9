package dev.tollgate.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata is read once, late, and only believed about its own issuer. */
class EndpointDiscoveryTest {
  private final FaultyServer server = new FaultyServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void isReadAtTheFirstUseAndKept() throws CredentialException {
    EndpointDiscovery discovery = discovery();
    assertThat(server.metadataReads).hasValue(0);
    assertThat(refused(discovery)).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);

    server.metadata = metadata(server.issuer(), "https://id.example/token");
    Endpoints found = discovery.endpoints();
    server.metadata = null;

    assertThat(found.token()).hasToString("https://id.example/token");
    assertThat(found.revocation()).isNull();
    assertThat(found.assertionAudience()).isEqualTo(server.issuer());
    assertThat(discovery.endpoints()).isSameAs(found);
  }

  @Test
  void ofAnotherIssuerIsRefused() {
    server.metadata = metadata("https://evil.example", "https://id.example/token");
    assertThat(refused(discovery())).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.example/token", "file:///etc/passwd", "", "a b"})
  void withAnAddressThatWouldLeakIsRefused(String endpoint) {
    server.metadata = metadata(server.issuer(), endpoint);
    assertThat(refused(discovery())).isEqualTo(ReasonCode.CREDENTIAL_UNAVAILABLE);
  }

  @Test
  void theWellKnownPartGoesBeforeThePathOrBehindIt() {
    assertThat(EndpointDiscovery.addresses(URI.create("https://id.example:8443/realms/a/")))
        .containsExactly(
            URI.create("https://id.example:8443/.well-known/oauth-authorization-server/realms/a"),
            URI.create("https://id.example:8443/realms/a/.well-known/openid-configuration"));
  }

  private static String metadata(String issuer, String tokenEndpoint) {
    return "{\"issuer\":\"%s\",\"token_endpoint\":\"%s\",\"jwks_uri\":\"https://id.example/jwks\"}"
        .formatted(issuer, tokenEndpoint);
  }

  private static ReasonCode refused(EndpointDiscovery discovery) {
    return Objects.requireNonNull(
            catchThrowableOfType(CredentialException.class, discovery::endpoints))
        .reason();
  }

  private EndpointDiscovery discovery() {
    Duration timeout = Duration.ofSeconds(2);
    URI issuer = URI.create(server.issuer());
    return new EndpointDiscovery(
        new OAuthSettings(
            issuer, null, null, null, "planner", Path.of("unused"), timeout, timeout, false, null),
        new Transport(timeout, timeout));
  }
}
