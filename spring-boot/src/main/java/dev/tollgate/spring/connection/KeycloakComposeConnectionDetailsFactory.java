package dev.tollgate.spring.connection;

import java.util.Map;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/** A Keycloak service of Docker Compose. */
final class KeycloakComposeConnectionDetailsFactory
    extends DockerComposeConnectionDetailsFactory<TokenServerConnectionDetails> {

  KeycloakComposeConnectionDetailsFactory() {
    super("keycloak/keycloak");
  }

  @Override
  protected TokenServerConnectionDetails getDockerComposeConnectionDetails(
      DockerComposeConnectionSource source) {
    return new Details(source.getRunningService());
  }

  private static final class Details extends DockerComposeConnectionDetails
      implements TokenServerConnectionDetails {
    private final String issuer;

    Details(RunningService service) {
      super(service);
      this.issuer = of(service);
    }

    @Override
    public String issuer() {
      return issuer;
    }
  }

  static String of(RunningService service) {
    Map<String, String> labels = service.labels();
    String realm = labels.getOrDefault(KeycloakAddress.LABEL, KeycloakAddress.DEFAULT_REALM);
    return new KeycloakAddress(service.host(), service.ports().get(KeycloakAddress.PORT), realm)
        .issuer();
  }
}
