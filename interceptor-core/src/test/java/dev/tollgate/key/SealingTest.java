package dev.tollgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.tollgate.fixture.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final String TEXT = "zebra \u00e9\u4e16\ud83d\ude00\n\"x\"";
  private final Keys keys = new Keys();
  private final Sealing sealing = Sealing.of(keys, KeyPurpose.APPROVAL);

  @Test
  void whatIsSealedOpensForItsContextOnly() throws Exception {
    String sealed = sealing.seal("acme/a-1", TEXT);
    assertThat(sealed).doesNotContain("zebra").matches("[A-Za-z0-9_.-]+");
    assertThat(sealing.open("acme/a-1", sealed)).isEqualTo(TEXT);
    assertThat(sealing.open("", sealing.seal("", ""))).isEmpty();
    for (String other : List.of("acme/a-2", "acme/a-1 ", "ACME/a-1", "")) {
      assertThatThrownBy(() -> sealing.open(other, sealed))
          .isInstanceOf(SealException.class)
          .hasMessage("sealed for another context");
    }
  }

  @Test
  void theSameTextNeverLooksTheSame() throws Exception {
    assertThat(sealing.seal("a", TEXT)).isNotEqualTo(sealing.seal("a", TEXT));
  }

  @Test
  void anOlderKeyStillOpensAndTheNewOneSeals() throws Exception {
    String old = sealing.seal("a", TEXT);
    keys.rotate(KeyPurpose.APPROVAL);
    Sealing rotated = Sealing.of(keys, KeyPurpose.APPROVAL);
    assertThat(rotated.open("a", old)).isEqualTo(TEXT);
    String young = rotated.seal("a", TEXT);
    assertThat(JWEObject.parse(young).getHeader().getKeyID()).isEqualTo("approval/1");
    assertThatThrownBy(() -> sealing.open("a", young)).isInstanceOf(SealException.class);
  }

  @Test
  void anotherPurposeOrAnotherKeyDoesNotOpen() throws Exception {
    String sealed = sealing.seal("a", TEXT);
    assertThatThrownBy(() -> Sealing.of(keys, KeyPurpose.OUTBOX).open("a", sealed))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("no key of outbox");
    assertThatThrownBy(() -> Sealing.of(new Keys(), KeyPurpose.APPROVAL).open("a", sealed))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void everyChangeIsNoticed() throws Exception {
    String sealed = sealing.seal("a", "zebra");
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      Throwable refusal = catchThrowable(() -> sealing.open("a", changed));
      assertThat(refusal).as("character %d", i).isInstanceOf(SealException.class).hasNoCause();
      assertThat(refusal.toString()).doesNotContain("zebra", sealed.substring(0, 8));
    }
    for (String cut : List.of("", ".", "....", sealed.substring(0, sealed.length() - 4), "zebra")) {
      assertThatThrownBy(() -> sealing.open("a", cut))
          .isInstanceOf(SealException.class)
          .hasMessageNotContaining("zebra");
    }
  }

  /** The context of another text cannot be put in front of this one's content. */
  @Test
  void aHeaderOfAnotherContextDoesNotFit() throws Exception {
    String one = sealing.seal("a", TEXT);
    String two = sealing.seal("b", TEXT);
    String mixed = two.substring(0, two.indexOf('.')) + one.substring(one.indexOf('.'));
    assertThatThrownBy(() -> sealing.open("b", mixed)).isInstanceOf(SealException.class);
  }

  @Test
  void onlyOneAlgorithmIsRead() throws Exception {
    OctetSequenceKey key = keys.secrets(KeyPurpose.APPROVAL).get(0);
    JWEObject cbc =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256)
                .keyID(key.getKeyID())
                .customParam("ctx", "a")
                .build(),
            new Payload(TEXT));
    cbc.encrypt(new DirectEncrypter(key));
    assertThatThrownBy(() -> sealing.open("a", cbc.serialize()))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("A256GCM");
  }

  @Test
  void withoutAKeyThereIsNoSealing() {
    assertThatThrownBy(() -> Sealing.of(keys, KeyPurpose.DELEGATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("delegation");
  }
}
