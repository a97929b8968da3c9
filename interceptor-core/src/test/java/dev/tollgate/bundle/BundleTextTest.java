package dev.tollgate.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle is what its signer signed, or it is nothing. */
class BundleTextTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ECKey KEY = key("k1");
  private static final PolicyBundle BUNDLE =
      new PolicyBundle(
          "office",
          7,
          NOW.minusSeconds(60),
          NOW.plusSeconds(60),
          Map.of("a.cedar", "permit(principal, action, resource);", "b.cedar", "// é\n"),
          "version: 1\n");
  private static final String HEAD =
      "{\"expires\":1800000000,\"files\":{},\"name\":\"office\",\"sequence\":1,\"version\":1";

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refuses(String why, ThrowingCallable verifying) {
    assertThatThrownBy(verifying).isInstanceOf(BundleException.class).hasMessageContaining(why);
  }

  private static void refuses(String why, String text) {
    refuses(why, () -> BundleText.verify(text, KEY.toPublicJWK(), NOW));
  }

  @Test
  void whatWasSignedIsRead() {
    String text = BundleText.sign(BUNDLE, KEY);
    assertThat(BundleText.verify(text, KEY.toPublicJWK(), NOW)).isEqualTo(BUNDLE);
    assertThat(BundleText.verify(text + "\n", KEY.toPublicJWK(), NOW)).isEqualTo(BUNDLE);
  }

  @Test
  void aChangeAnywhereIsNoticed() {
    String text = BundleText.sign(BUNDLE, KEY);
    for (int at = 0; at < text.length(); at += 3) {
      char other = text.charAt(at) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, at) + other + text.substring(at + 1);
      assertThatThrownBy(() -> BundleText.verify(changed, KEY.toPublicJWK(), NOW))
          .as("at %d", at)
          .isInstanceOf(BundleException.class);
    }
    for (int length = 0; length < text.length(); length += 7) {
      refuses("bundle", text.substring(0, length));
    }
  }

  @Test
  void itCountsFromItsBeginningToItsEnd() {
    String text = BundleText.sign(BUNDLE, KEY);
    ECKey key = KEY.toPublicJWK();
    refuses("counts only from", () -> BundleText.verify(text, key, NOW.minusSeconds(66)));
    assertThat(BundleText.verify(text, key, NOW.minusSeconds(65))).isEqualTo(BUNDLE);
    assertThat(BundleText.verify(text, key, NOW.plusSeconds(59))).isEqualTo(BUNDLE);
    refuses("expired", () -> BundleText.verify(text, key, NOW.plusSeconds(60)));
  }

  @Test
  void anotherKeyDidNotSignItAlsoUnderTheSameName() {
    refuses("not signed by the key", BundleText.sign(BUNDLE, key("k1")));
    refuses("not signed by the key", BundleText.sign(BUNDLE, key("k2")));
  }

  @Test
  void anotherAlgorithmTypeOrHeaderIsRefused() throws Exception {
    String payload = HEAD + "}";
    JWSHeader.Builder good = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1");
    JOSEObjectType type = new JOSEObjectType("tollgate-policies+jwt");
    assertThat(BundleText.verify(signed(good.type(type).build(), payload), KEY, NOW).name())
        .isEqualTo("office");
    refuses("no signed bundle", signed(good.type(new JOSEObjectType("JWT")).build(), payload));
    refuses("no signed bundle", signed(good.type(null).build(), payload));
    refuses(
        "no signed bundle", signed(good.type(type).criticalParams(Set.of("exp")).build(), payload));
    refuses(
        "no signed bundle",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("k1")
                .type(type)
                .jwk(KEY.toPublicJWK())
                .build(),
            payload));
    refuses("no signed bundle", "eyJhbGciOiJub25lIn0.e30.");
  }

  private static String signed(JWSHeader header, String payload) throws JOSEException {
    JWSObject jws = new JWSObject(header, new Payload(payload));
    jws.sign(new ECDSASigner(KEY));
    return jws.serialize();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"expires\":1800000000,\"files\":{},\"name\":\"office\",\"sequence\":1,\"version\":2}",
        "{\"expires\":1800000000,\"files\":{},\"name\":\"office\",\"sequence\":1.5,\"version\":1}",
        "{\"expires\":1800000000,\"files\":{},\"name\":\"office\",\"sequence\":0,\"version\":1}",
        "{\"expires\":1e300,\"files\":{},\"name\":\"office\",\"sequence\":1,\"version\":1}",
        "{\"files\":{},\"name\":\"office\",\"sequence\":1,\"version\":1}",
        "{\"expires\":1800000000,\"files\":{},\"name\":\"../x\",\"sequence\":1,\"version\":1}",
        HEAD + ",\"mode\":\"observe\"}",
        HEAD + ",\"notBefore\":\"now\"}",
        HEAD + ",\"notBefore\":1900000000}",
        HEAD + ",\"manifest\":{}}",
        HEAD + ",\"name\":\"twice\"}",
        "{\"expires\":1800000000,\"files\":{\"../a.cedar\":\"\"},\"name\":\"o\",\"sequence\":1,\"version\":1}",
        "{\"expires\":1800000000,\"files\":{\"a.txt\":\"\"},\"name\":\"o\",\"sequence\":1,\"version\":1}",
        "{\"expires\":1800000000,\"files\":{\"a.cedar\":1},\"name\":\"o\",\"sequence\":1,\"version\":1}",
      })
  void aSignedTextThatIsNotUnderstoodIsRefused(String payload) throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID("k1")
            .type(new JOSEObjectType("tollgate-policies+jwt"))
            .build();
    refuses("bundle", signed(header, payload));
  }

  @Test
  void anOlderOneDoesNotFollowNorDoesAnotherSet() {
    PolicyBundle same = with("office", 7, "permit(principal, action, resource);");
    same.requireAfter(same);
    with("office", 8, "").requireAfter(same);
    refuses("not above 7", () -> with("office", 6, "").requireAfter(same));
    refuses("not above 7", () -> with("office", 7, "").requireAfter(same));
    refuses("is called lab", () -> with("lab", 8, "").requireAfter(same));
  }

  private static PolicyBundle with(String name, long sequence, String text) {
    return new PolicyBundle(
        name, sequence, null, NOW.plusSeconds(60), Map.of("a.cedar", text), null);
  }

  @Test
  void aPublicKeyDoesNotSign() {
    refuses("key pair", () -> BundleText.sign(BUNDLE, KEY.toPublicJWK()));
  }
}
