package dev.tollgate.spring.connection;

/**
 * A realm of a Keycloak that something else started.
 *
 * @param host the host as this process reaches it
 * @param port the port as this process reaches it
 * @param realm the realm
 */
record KeycloakAddress(String host, int port, String realm) {
  /** The port of Keycloak's own development mode. */
  static final int PORT = 8080;

  /** Names the realm: the container's environment, or the label of a Compose service. */
  static final String REALM = "TOLLGATE_REALM";

  static final String LABEL = "dev.tollgate.realm";
  static final String DEFAULT_REALM = "master";

  /** Plain HTTP: {@code tollgate.oauth.*} takes that only where the host is this machine. */
  String issuer() {
    return "http://" + host + ":" + port + "/realms/" + realm;
  }
}
