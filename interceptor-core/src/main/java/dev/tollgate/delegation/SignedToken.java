package dev.tollgate.delegation;

import com.nimbusds.jose.util.Base64URL;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.reason.ReasonCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A compact JWS taken apart, its signature not yet checked. Own code instead of the library's
 * parser, which takes spaces and foreign characters in base64url, and headers that would make it
 * ask elsewhere for keys.
 *
 * @param keyId the key it says it was signed with
 * @param signed what the signature covers
 */
record SignedToken(String keyId, String signed, Base64URL signature, String payload) {
  /** The longest token, in characters: six hops with some dozen tools each. */
  static final int LONGEST = 32 * 1024;

  static final String TYPE = "txntoken+jwt";
  static final String ALGORITHM = "ES256";
  private static final StrictJson JSON = new StrictJson(new JsonLimits(1024, 1));
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static SignedToken read(String compact) throws DelegationException {
    if (compact.length() > LONGEST) {
      throw forged(); // before anything looks at it
    }
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      throw forged();
    }
    String signature = compact.substring(second + 1);
    decode(signature);
    return new SignedToken(
        keyId(utf8(decode(compact.substring(0, first)))),
        compact.substring(0, second),
        new Base64URL(signature),
        utf8(decode(compact.substring(first + 1, second))));
  }

  /**
   * Exactly three members: {@code jwk}, {@code jku}, {@code x5c}, {@code crit} are no delegation.
   */
  private static String keyId(String header) throws DelegationException {
    try {
      JsonValue.Members members = JSON.parseObject(header);
      if (members.size() == 3
          && new JsonValue.Text(ALGORITHM).equals(members.get("alg"))
          && new JsonValue.Text(TYPE).equals(members.get("typ"))
          && members.get("kid") instanceof JsonValue.Text kid) {
        return kid.value();
      }
      throw forged();
    } catch (JsonRefusedException e) {
      throw forged();
    }
  }

  /** One text for the same bytes: no padding, no stray bits in the last character. */
  private static byte[] decode(String text) throws DelegationException {
    try {
      byte[] bytes = DECODER.decode(text);
      if (ENCODER.encodeToString(bytes).equals(text)) {
        return bytes;
      }
      throw forged();
    } catch (IllegalArgumentException e) {
      throw forged();
    }
  }

  private static String utf8(byte[] bytes) throws DelegationException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw forged();
    }
  }

  private static DelegationException forged() {
    return new DelegationException(ReasonCode.DELEGATION_FORGED, "no signed delegation");
  }
}
