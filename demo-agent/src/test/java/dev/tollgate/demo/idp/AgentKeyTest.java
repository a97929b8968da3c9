package dev.tollgate.demo.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeyTest {
  private final AgentKey key = AgentKey.generate();

  @Test
  void isWrittenForItsOwnerOnly(@TempDir Path folder) throws Exception {
    Path below = folder.resolve("keys");
    key.write(below);
    Path file = key.write(below);

    assertThat(file).isEqualTo(below.resolve("office-agent.jwk"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ECKey.parse(Files.readString(file))).isEqualTo(key.jwk());
  }

  @Test
  void printsNoPrivateHalf() {
    assertThat(key.toString()).doesNotContain(key.jwk().getD().toString());
    assertThat(key.publicJwk().isPrivate()).isFalse();
    assertThatThrownBy(() -> new AgentKey("office-agent", key.publicJwk()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
