package dev.tollgate.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.CredentialProvider;
import dev.tollgate.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be configured, and what stops the start. */
class OAuthSettingsTest {

  private static Map<String, String> base() {
    return new HashMap<>(
        Map.of(
            "tollgate.oauth.issuer", "https://id.example/realms/a",
            "tollgate.oauth.client-id", "planner",
            "tollgate.oauth.client-key-file", "key.json"));
  }

  @Test
  void defaults() {
    OAuthSettings settings = OAuthSettings.from(new Settings(base()));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.tokenEndpoint()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example",
        "http://localhost.id.example",
        "http://127.0.0.1.id.example",
        "https://user:CANARY@id.example",
        "https://id.example/#f",
        "https:///x",
        "ftp://localhost",
        "id.example",
        "not a uri"
      })
  void anAddressThatWouldLeakTheTokenStopsTheStart(String address) {
    Map<String, String> values = base();
    values.put("tollgate.oauth.token-endpoint", address);
    assertThatThrownBy(() -> OAuthSettings.from(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.token-endpoint")
        .hasMessageNotContaining("CANARY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:1/x", "http://[::1]:9"})
  void plainHttpIsForTheLoopback(String address) {
    Map<String, String> values = base();
    values.put("tollgate.oauth.issuer", address);
    assertThat(OAuthSettings.from(new Settings(values)).issuer()).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tollgate.oauth.issuer",
        "tollgate.oauth.client-id",
        "tollgate.oauth.client-key-file"
      })
  void aMissingKeyIsNamed(String key) {
    Map<String, String> values = base();
    values.remove(key);
    assertThatThrownBy(() -> OAuthSettings.from(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "61s", "soon"})
  void timeoutsAreBounded(String timeout) {
    Map<String, String> values = base();
    values.put("tollgate.oauth.request-timeout", timeout);
    assertThatThrownBy(() -> OAuthSettings.from(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.request-timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "Required", "optional"})
  void theActorIsRequiredOrNone(String actor) {
    Map<String, String> values = base();
    values.put("tollgate.oauth.actor", actor);
    assertThatThrownBy(() -> OAuthSettings.from(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.actor");
  }

  @Test
  void agentsWithoutAnActorAreAMistake() {
    Map<String, String> values = base();
    assertThat(OAuthSettings.from(new Settings(values)).actorRequired()).isFalse();
    values.put("tollgate.oauth.agents", "agents");
    assertThatThrownBy(() -> OAuthSettings.from(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.agents")
        .hasMessageContaining("tollgate.oauth.actor=required");
  }

  @Test
  void anAgentThatIsNoClientStopsTheStart(@TempDir Path folder) {
    Map<String, String> values = base();
    values.put("tollgate.oauth.client-key-file", Keys.file(folder, Keys.ec("client-1")).toString());
    values.put("tollgate.oauth.actor", "required");
    values.put("tollgate.agent", "worker");
    CredentialProvider provider = new OAuthCredentialProvider();
    assertThatThrownBy(() -> provider.create(new Settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.agent");

    values.put("tollgate.oauth.agents", folder.toString());
    Keys.file(folder, "worker.jwk", Keys.ec("worker-1"));
    assertThat(provider.create(new Settings(values)).name()).isEqualTo("oauth");
    values.remove("tollgate.oauth.agents");
    values.put("tollgate.agent", "planner");
    assertThat(provider.create(new Settings(values)).name()).isEqualTo("oauth");
  }

  @Test
  void theProviderIsFoundAndStartsWithoutTheServer(@TempDir Path folder) {
    CredentialProvider provider =
        ServiceLoader.load(CredentialProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("oauth"))
            .findFirst()
            .orElseThrow();
    Map<String, String> values = base();
    values.put("tollgate.oauth.issuer", "http://127.0.0.1:1");
    values.put("tollgate.oauth.client-key-file", Keys.file(folder, Keys.ec("client-1")).toString());
    assertThat(provider.keys()).containsAll(values.keySet()).hasSize(10);
    assertThat(provider.create(new Settings(values)).name()).isEqualTo("oauth");
  }
}
