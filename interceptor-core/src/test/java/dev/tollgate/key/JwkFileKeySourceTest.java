package dev.tollgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwkFileKeySourceTest {
  @TempDir Path folder;
  private Path file = Path.of("unset");

  @BeforeEach
  void generate() throws Exception {
    file = folder.resolve("keys.jwks");
    JwkFileKeySource.generate(file, "first");
  }

  @ParameterizedTest
  @EnumSource(KeyPurpose.class)
  void aGeneratedSetHasTheRightKeyForEveryPurpose(KeyPurpose purpose) {
    KeySource keys = JwkFileKeySource.load(file);
    String kid = purpose.prefix() + "/first";
    if (purpose.signs()) {
      assertThat(keys.signers(purpose))
          .singleElement()
          .satisfies(key -> assertThat(key.getKeyID()).isEqualTo(kid))
          .satisfies(key -> assertThat(key.getCurve()).isEqualTo(Curve.P_256))
          .satisfies(key -> assertThat(key.isPrivate()).isTrue());
      assertThatThrownBy(() -> keys.secrets(purpose)).isInstanceOf(IllegalStateException.class);
    } else {
      assertThat(keys.secrets(purpose))
          .singleElement()
          .satisfies(key -> assertThat(key.getKeyID()).isEqualTo(kid))
          .satisfies(key -> assertThat(key.size()).isEqualTo(256));
      assertThatThrownBy(() -> keys.signers(purpose)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aSetMadeBeforeAPurposeWasKnownServesTheOthers() throws Exception {
    JWKSet all = JWKSet.parse(Files.readString(file));
    JWKSet older =
        new JWKSet(
            all.getKeys().stream()
                .filter(key -> !key.getKeyID().startsWith("approval/"))
                .filter(key -> !key.getKeyID().startsWith("delegation/"))
                .toList());
    Files.writeString(file, older.toString(false));
    KeySource keys = JwkFileKeySource.load(file);
    assertThat(keys.secrets(KeyPurpose.OUTBOX)).hasSize(1);
    assertThatThrownBy(() -> keys.secrets(KeyPurpose.APPROVAL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("approval/");
    assertThatThrownBy(() -> keys.signers(KeyPurpose.DELEGATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("delegation/");
  }
}
