package dev.tollgate.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;

/** Digests with one keyed MAC, as text. Used by one thread at a time. */
final class DigestWriter {
  private static final String PREFIX = "hmac-sha256:";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** For what most calls bring; more finds room elsewhere. */
  private static final int ROOM = 1024;

  private final Mac mac;
  private final byte[] room = new byte[ROOM];
  private final byte[] digest = new byte[32];
  private final byte[] text = (PREFIX + "-".repeat(43)).getBytes(StandardCharsets.US_ASCII);
  private final byte[] encoded = new byte[43];

  /**
   * @param mac keyed, as if it were new, and nobody else's
   */
  DigestWriter(Mac mac) {
    this.mac = mac;
  }

  /** The digest of the first bytes; after that this is as if it were new. */
  String write(byte[] bytes, int length) {
    mac.update(bytes, 0, length);
    return written();
  }

  /** The digest of a text's UTF-8 form. */
  String write(String text) {
    byte[] bytes = fits(text) ? room : text.getBytes(StandardCharsets.UTF_8);
    String digest = write(bytes, bytes == room ? text.length() : bytes.length);
    Arrays.fill(room, (byte) 0);
    return digest;
  }

  /** The canonical form of a value, and the digest of that. */
  DigestedJson write(JsonValue value) {
    CanonicalJson form = CanonicalJson.in(room, value);
    DigestedJson digested = new DigestedJson(form.text(), form.digest(this));
    Arrays.fill(room, (byte) 0); // it outlives the call
    return digested;
  }

  /** Whether a text is short and plain enough to be encoded in place, as it then is. */
  private boolean fits(String text) {
    if (text.length() > room.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      room[i] = (byte) c;
    }
    return true;
  }

  /** The digest of a text's UTF-8 form, which is never there as a whole. */
  String writeInParts(String whole) {
    CharsetEncoder utf8 =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE) // as String.getBytes does
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer from = CharBuffer.wrap(whole);
    ByteBuffer part = ByteBuffer.allocate(64 * 1024);
    CoderResult coded = CoderResult.OVERFLOW;
    while (coded.isOverflow()) {
      coded = utf8.encode(from, part, true);
      mac.update(part.flip());
      part.clear();
    }
    return written();
  }

  private String written() {
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 has 32 bytes", e);
    }
    int written = BASE64.encode(digest, encoded);
    System.arraycopy(encoded, 0, text, PREFIX.length(), written);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
