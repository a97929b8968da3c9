package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.config.Settings;
import dev.tollgate.spring.connection.TokenServerConnectionDetails;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Where the token server is, if something else started it. */
class TokenServerTest {
  private static final Settings CONFIGURED =
      new Settings(
          Map.of(
              "tollgate.oauth.issuer", "https://sso.example/realms/office",
              "tollgate.oauth.token-endpoint", "https://sso.example/token",
              "tollgate.oauth.client-id", "agent"));

  @Test
  void without_details_the_settings_stand() {
    assertThat(TokenServer.over(CONFIGURED, null)).isSameAs(CONFIGURED);
  }

  @Test
  void details_take_the_place_of_every_address_and_of_nothing_else() {
    Settings settings = TokenServer.over(CONFIGURED, () -> "http://localhost:32768/realms/office");
    assertThat(settings.find("tollgate.oauth.issuer"))
        .isEqualTo("http://localhost:32768/realms/office");
    // The other server's: a token would go to whoever that is.
    assertThat(settings.find("tollgate.oauth.token-endpoint")).isNull();
    assertThat(settings.find("tollgate.oauth.client-id")).isEqualTo("agent");
  }

  @Test
  void two_servers_stop_the_start() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
        .withBean("a", TokenServerConnectionDetails.class, () -> () -> "http://localhost:1/a")
        .withBean("b", TokenServerConnectionDetails.class, () -> () -> "http://localhost:2/b")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("TokenServerConnectionDetails"));
  }

  @Test
  void the_addresses_of_a_bean_reach_the_gate() {
    // There is no token backend on this class path, and the gate refuses keys that nobody reads.
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
        .withBean(TokenServerConnectionDetails.class, () -> () -> "http://localhost:1/a")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("tollgate.oauth.issuer is not a key"));
  }
}
