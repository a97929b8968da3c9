package dev.tollgate.spring.connection;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/** {@code @ServiceConnection} on a container whose image is Keycloak's, whatever class it has. */
final class KeycloakContainerConnectionDetailsFactory
    extends ContainerConnectionDetailsFactory<Container<?>, TokenServerConnectionDetails> {

  KeycloakContainerConnectionDetailsFactory() {
    super("keycloak/keycloak");
  }

  @Override
  protected TokenServerConnectionDetails getContainerConnectionDetails(
      ContainerConnectionSource<Container<?>> source) {
    return new Details(source);
  }

  private static final class Details extends ContainerConnectionDetails<Container<?>>
      implements TokenServerConnectionDetails {
    Details(ContainerConnectionSource<Container<?>> source) {
      super(source);
    }

    @Override
    public String issuer() {
      return of(getContainer());
    }
  }

  /** Asked when the container runs: only then has it a port. */
  static String of(Container<?> container) {
    String realm =
        container.getEnvMap().getOrDefault(KeycloakAddress.REALM, KeycloakAddress.DEFAULT_REALM);
    return new KeycloakAddress(
            container.getHost(), container.getMappedPort(KeycloakAddress.PORT), realm)
        .issuer();
  }
}
