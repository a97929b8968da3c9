package dev.tollgate.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which agents are clients of the token server, and what stops the start. */
class AgentClientsTest {
  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  @Test
  void theConfiguredClientIsAnAgentAndSoIsEachKeyInTheFolder() throws IOException {
    ClientAuthentication configured = configured();
    Keys.file(folder, "worker.jwk", Keys.ec("w"));
    Keys.file(folder, "planner.jwk", Keys.ec("an older one"));
    Files.writeString(folder.resolve("notes.txt"), "no key");

    AgentClients clients = AgentClients.read("planner", configured, folder);

    assertThat(clients.agents()).containsExactlyInAnyOrder("planner", "worker");
    assertThat(clients.of("planner")).isSameAs(configured);
    assertThat(clients.of("../planner")).isNull();
    assertThat(AgentClients.read("planner", configured, null).agents()).containsExactly("planner");
  }

  @ParameterizedTest
  @ValueSource(strings = {".jwk", "..jwk", "a b.jwk", "ä.jwk", "a\nb.jwk", "-x.jwk"})
  void aFileWhoseNameIsNoAgentIdStopsTheStart(String name) {
    Keys.file(folder, name, Keys.ec("w"));
    assertThatThrownBy(() -> AgentClients.read("planner", configured(), folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.agents");
  }

  @Test
  void aFileThatIsNoPrivateKeyStopsTheStart() {
    Keys.file(folder, "worker.jwk", Keys.ec("w").toPublicJWK());
    assertThatThrownBy(() -> AgentClients.read("planner", configured(), folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tollgate.oauth.agents")
        .hasMessageContaining("worker.jwk")
        .hasMessageContaining("public");
  }

  @Test
  void aMissingFolderStopsTheStart() {
    assertThatThrownBy(
            () -> AgentClients.read("planner", configured(), folder.resolve("not-there")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.oauth.agents");
  }

  private ClientAuthentication configured() {
    Path file = Keys.file(elsewhere, Keys.ec("client-1"));
    return new ClientAuthentication("planner", ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, file));
  }
}
