package dev.tollgate.oauth;

import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact form, taken apart strictly and not yet verified. Nimbus skips spaces and other
 * characters that are not base64url and multiplies dates until they overflow, so it gets a token
 * only after this has read it, and its claims are read here.
 *
 * @param header the protected header
 * @param claims the payload
 */
record CompactJwt(JsonValue.Members header, JsonValue.Members claims) {
  static final int MAX_LENGTH = 16 * 1024;

  /** The parts, {@code null} if this is no JWS that any two readers would read the same way. */
  static @Nullable CompactJwt parse(String token) {
    if (token.length() > MAX_LENGTH) {
      return null;
    }
    List<String> parts = List.of(token.split("\\.", -1));
    if (parts.size() != 3 || decode(parts.get(2)) == null) {
      return null;
    }
    JsonValue.Members header = object(parts.get(0));
    JsonValue.Members claims = object(parts.get(1));
    return header == null || claims == null ? null : new CompactJwt(header, claims);
  }

  /** Whether the token claims to be a JWS, well-formed or not: its header is an object. */
  static boolean looksLikeOne(String token) {
    return token.startsWith("eyJ") && token.chars().filter(c -> c == '.').count() == 2;
  }

  private static JsonValue.@Nullable Members object(String part) {
    byte[] bytes = decode(part);
    if (bytes == null) {
      return null;
    }
    try {
      return Json.object(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException | JsonRefusedException e) {
      return null;
    }
  }

  /** The bytes, {@code null} unless this is exactly how base64url writes them. */
  private static byte @Nullable [] decode(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return bytes.length > 0 && again.equals(part) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Claims are nobody's business in a log. */
  @Override
  public String toString() {
    return "CompactJwt";
  }
}
