package dev.tollgate.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a private EC key on P-256 starts, and a refusal shows the file's name and nothing of it. */
class ClientKeyTest {
  @TempDir private Path folder;

  @Test
  void aPrivateKeyIsRead() {
    ECKey key = Keys.ec("client-1");
    ClientKey read = ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, Keys.file(folder, key));
    assertThat(read.id()).isEqualTo("client-1");
    assertThat(read.toString()).doesNotContain(Objects.requireNonNull(key.getD()).toString());
  }

  @Test
  void anythingElseIsRefusedByName() throws JOSEException, IOException {
    ECKey key = Keys.ec("k");
    assertRefused("{\"kty\":\"EC\",\"d\":\"CANARY\"", "not a JWK");
    assertRefused("CANARY", "not a JWK");
    assertRefused("", "not a JWK");
    assertRefused("x".repeat(20_000), "longer");
    assertRefused(key.toPublicJWK().toJSONString(), "public");
    assertRefused(new ECKeyGenerator(Curve.P_384).generate().toJSONString(), "P-256");
    assertRefused(new RSAKeyGenerator(2048).generate().toJSONString(), "P-256");
    assertRefused(
        new ECKey.Builder(key).keyUse(KeyUse.ENCRYPTION).build().toJSONString(), "purpose");
    assertRefused(
        new ECKey.Builder(key).algorithm(JWSAlgorithm.ES384).build().toJSONString(), "purpose");
    assertThatThrownBy(
            () -> ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, folder.resolve("missing.json")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("missing.json");
  }

  private void assertRefused(String content, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("bad-key.json"), content);
    assertThatThrownBy(() -> ClientKey.read(OAuthSettings.CLIENT_KEY_FILE, file))
        .isInstanceOf(IllegalStateException.class)
        .hasNoCause()
        .hasMessageContaining("bad-key.json")
        .hasMessageContaining(why)
        .hasMessageNotContaining("CANARY")
        .hasMessageNotContaining("\"d\"");
  }
}
