package dev.tollgate.audit;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * One line of a stream, read back. The MAC covers the line's bytes up to its own field, and nothing
 * may stand behind that, so that nothing in it can be read two ways.
 *
 * @param key which of the keys made it, {@code FORGED} if none did
 */
record AuditLine(JsonValue.Members fields, long seq, String prev, String mac, int key) {
  static final String MAC_FIELD = ",\"mac\":\"";
  static final int MAC_LENGTH = 43;
  static final int FORGED = Integer.MAX_VALUE;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(1024 * 1024, 8));
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] MARK = MAC_FIELD.getBytes(StandardCharsets.US_ASCII);

  /** The line, or {@code null} if it is none. */
  static @Nullable AuditLine parse(byte[] line, AuditKeys keys, String tenant) {
    int at = lastIndexOf(line, MARK);
    if (at < 0) {
      return null;
    }
    try {
      JsonValue.Members fields = JSON.parseObject(new String(line, StandardCharsets.UTF_8));
      if (fields.get("seq") instanceof JsonValue.Num seq
          && fields.get("prev") instanceof JsonValue.Text prev
          && fields.get("mac") instanceof JsonValue.Text mac) {
        int key = madeWith(line, at, keys, tenant);
        return new AuditLine(fields, (long) seq.value(), prev.value(), mac.value(), key);
      }
      return null;
    } catch (JsonRefusedException e) {
      return null;
    }
  }

  boolean authentic() {
    return key != FORGED;
  }

  /** Compares the whole rest of the line, not the field: a byte behind it would go unnoticed. */
  private static int madeWith(byte[] line, int at, AuditKeys keys, String tenant) {
    byte[] rest = Arrays.copyOfRange(line, at, line.length);
    for (int key = 0; key < keys.keys().size(); key++) {
      Mac mac = keys.keys().get(key).forTenant(tenant);
      mac.update(line, 0, at);
      String expected = MAC_FIELD + BASE64.encodeToString(mac.doFinal()) + "\"}";
      if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), rest)) {
        return key;
      }
    }
    return FORGED;
  }

  /** A text field, empty if the record has none of that name. */
  String text(String name) {
    return fields.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }

  /** Writes a MAC as text into {@link #MAC_LENGTH} bytes. */
  static void encode(byte[] mac, byte[] to) {
    int unused = BASE64.encode(mac, to);
  }

  private static int lastIndexOf(byte[] line, byte[] mark) {
    for (int at = line.length - mark.length; at >= 0; at--) {
      int i = 0;
      while (i < mark.length && line[at + i] == mark[i]) {
        i++;
      }
      if (i == mark.length) {
        return at;
      }
    }
    return -1;
  }
}
