package dev.tollgate.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Base64;

/**
 * A compact JWS taken apart, its signature not yet checked. Own code instead of the library's
 * parser, which takes spaces and foreign characters in base64url, and headers that would make it
 * ask elsewhere for keys. ES256 and nothing else.
 *
 * @param keyId the key it says it was signed with
 * @param signed what the signature covers
 */
public record SignedText(String keyId, String signed, Base64URL signature, String payload) {
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);
  private static final StrictJson JSON = new StrictJson(new JsonLimits(1024, 1));
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /**
   * Takes a text apart.
   *
   * @param type the {@code typ} it must have
   * @param longest the most characters it may have
   * @throws SignatureException if it is no such text
   */
  public static SignedText read(String compact, String type, int longest)
      throws SignatureException {
    if (compact.length() > longest) {
      throw unsigned(); // before anything looks at it
    }
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      throw unsigned();
    }
    String signature = compact.substring(second + 1);
    decode(signature);
    return new SignedText(
        keyId(utf8(decode(compact.substring(0, first))), type),
        compact.substring(0, second),
        new Base64URL(signature),
        utf8(decode(compact.substring(first + 1, second))));
  }

  /**
   * Signs a text.
   *
   * @throws IllegalStateException if the key is no P-256 key pair
   */
  public static String sign(String payload, String type, ECKey key) {
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(type))
                  .keyID(key.getKeyID())
                  .build(),
              new Payload(payload));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key " + key.getKeyID() + " cannot sign ES256", e);
    }
  }

  /** Whether this key signed it; a key with another id did not. */
  public boolean verifiedBy(ECKey key) {
    try {
      return keyId.equals(key.getKeyID())
          && new ECDSAVerifier(key)
              .verify(HEADER, signed.getBytes(StandardCharsets.US_ASCII), signature);
    } catch (JOSEException e) {
      return false; // a key that cannot verify ES256 has signed nothing
    }
  }

  /** Exactly three members: {@code jwk}, {@code jku}, {@code x5c}, {@code crit} are refused. */
  private static String keyId(String header, String type) throws SignatureException {
    try {
      JsonValue.Members members = JSON.parseObject(header);
      if (members.size() == 3
          && new JsonValue.Text("ES256").equals(members.get("alg"))
          && new JsonValue.Text(type).equals(members.get("typ"))
          && members.get("kid") instanceof JsonValue.Text kid) {
        return kid.value();
      }
      throw unsigned();
    } catch (JsonRefusedException e) {
      throw unsigned();
    }
  }

  /** One text for the same bytes: no padding, no stray bits in the last character. */
  private static byte[] decode(String text) throws SignatureException {
    try {
      byte[] bytes = DECODER.decode(text);
      if (ENCODER.encodeToString(bytes).equals(text)) {
        return bytes;
      }
      throw unsigned();
    } catch (IllegalArgumentException e) {
      throw unsigned();
    }
  }

  private static String utf8(byte[] bytes) throws SignatureException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unsigned();
    }
  }

  private static SignatureException unsigned() {
    return new SignatureException("not a signed text of the type that is expected");
  }
}
