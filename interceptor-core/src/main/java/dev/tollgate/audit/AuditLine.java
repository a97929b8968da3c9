package dev.tollgate.audit;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * One line of a stream, read back. The MAC covers the line's bytes up to its own field, so nothing
 * in it can be read two ways.
 */
record AuditLine(JsonValue.Members fields, long seq, String prev, String mac, boolean authentic) {
  static final String MAC_FIELD = ",\"mac\":\"";
  private static final StrictJson JSON = new StrictJson(new JsonLimits(1024 * 1024, 8));
  private static final byte[] MARK = MAC_FIELD.getBytes(StandardCharsets.US_ASCII);

  /** The line, or {@code null} if it is none. */
  static @Nullable AuditLine parse(byte[] line, KeyedDigest keys, String tenant) {
    int at = lastIndexOf(line, MARK);
    if (at < 0) {
      return null;
    }
    try {
      JsonValue.Members fields = JSON.parseObject(new String(line, StandardCharsets.UTF_8));
      if (fields.get("seq") instanceof JsonValue.Num seq
          && fields.get("prev") instanceof JsonValue.Text prev
          && fields.get("mac") instanceof JsonValue.Text mac) {
        Mac expected = keys.forTenant(tenant);
        expected.update(line, 0, at);
        boolean authentic =
            MessageDigest.isEqual(
                encode(expected.doFinal()).getBytes(StandardCharsets.US_ASCII),
                mac.value().getBytes(StandardCharsets.US_ASCII));
        return new AuditLine(fields, (long) seq.value(), prev.value(), mac.value(), authentic);
      }
      return null;
    } catch (JsonRefusedException e) {
      return null;
    }
  }

  /** A text field, empty if the record has none of that name. */
  String text(String name) {
    return fields.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }

  static String encode(byte[] mac) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
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
