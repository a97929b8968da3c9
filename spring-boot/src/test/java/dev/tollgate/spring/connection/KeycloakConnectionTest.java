package dev.tollgate.spring.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What a Keycloak that runs elsewhere says of its address. No container runs here. */
class KeycloakConnectionTest {

  @SuppressWarnings({"rawtypes", "unchecked"}) // its type argument is itself
  private static GenericContainer<?> container() {
    return new GenericContainer(DockerImageName.parse("quay.io/keycloak/keycloak:26.4")) {
      @Override
      public void start() {} // as if it ran

      @Override
      public String getHost() {
        return "localhost";
      }

      @Override
      public Integer getMappedPort(int port) {
        return port + 1000;
      }
    };
  }

  @Test
  void a_containers_realm_is_master_or_what_its_environment_says() {
    try (GenericContainer<?> keycloak = container()) {
      assertThat(KeycloakContainerConnectionDetailsFactory.of(keycloak))
          .isEqualTo("http://localhost:9080/realms/master");
      keycloak.withEnv("TOLLGATE_REALM", "office");
      assertThat(KeycloakContainerConnectionDetailsFactory.of(keycloak))
          .isEqualTo("http://localhost:9080/realms/office");
    }
  }

  @Test
  void a_compose_services_realm_is_master_or_what_its_label_says() {
    assertThat(KeycloakComposeConnectionDetailsFactory.of(service(Map.of())))
        .isEqualTo("http://127.0.0.1:32768/realms/master");
    assertThat(
            KeycloakComposeConnectionDetailsFactory.of(
                service(Map.of("dev.tollgate.realm", "office"))))
        .isEqualTo("http://127.0.0.1:32768/realms/office");
  }

  private static RunningService service(Map<String, String> labels) {
    ConnectionPorts ports =
        new ConnectionPorts() {
          @Override
          public int get(int containerPort) {
            return containerPort == 8080 ? 32768 : 0;
          }

          @Override
          public List<Integer> getAll() {
            return List.of(32768);
          }

          @Override
          public List<Integer> getAll(@Nullable String protocol) {
            return getAll();
          }
        };
    Map<String, Object> known = Map.of("host", "127.0.0.1", "ports", ports, "labels", labels);
    return (RunningService)
        Proxy.newProxyInstance(
            KeycloakConnectionTest.class.getClassLoader(),
            new Class<?>[] {RunningService.class},
            (proxy, method, arguments) -> known.get(method.getName()));
  }

  @Configuration(proxyBeanMethods = false)
  static class Containers {
    @Bean
    @ServiceConnection(name = "keycloak/keycloak") // a method's image is not known before it runs
    GenericContainer<?> keycloak() {
      return container();
    }
  }

  @Test
  void a_container_bean_becomes_the_token_servers_address() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class))
        .withUserConfiguration(Containers.class)
        .run(
            context ->
                assertThat(context.getBean(TokenServerConnectionDetails.class).issuer())
                    .isEqualTo("http://localhost:9080/realms/master"));
  }

  @Test
  void boot_finds_both_factories() {
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                .load(ConnectionDetailsFactory.class, FailureHandler.throwing()))
        .hasAtLeastOneElementOfType(KeycloakContainerConnectionDetailsFactory.class)
        .hasAtLeastOneElementOfType(KeycloakComposeConnectionDetailsFactory.class);
  }
}
