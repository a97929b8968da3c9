package dev.tollgate.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The canonical form of a JSON value (RFC 8785), written once: as UTF-8 bytes, as text, and as a
 * digest.
 */
public final class CanonicalJson {
  private byte[] bytes;
  private int size;

  private CanonicalJson(byte[] room) {
    this.bytes = room;
  }

  /**
   * Writes the canonical form.
   *
   * @param room where to, if it has enough; what is too little costs a copy
   */
  static CanonicalJson in(byte[] room, JsonValue value) {
    CanonicalJson form = new CanonicalJson(room);
    form.write(value);
    return form;
  }

  private static CanonicalJson of(JsonValue value) {
    return in(new byte[256], value);
  }

  /** The canonical form in UTF-8. */
  public static byte[] bytes(JsonValue value) {
    CanonicalJson form = of(value);
    return Arrays.copyOf(form.bytes, form.size);
  }

  /** The canonical form. */
  public static String text(JsonValue value) {
    return of(value).text();
  }

  /** What was written. */
  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** The keyed digest of what was written. */
  String digest(DigestWriter writer) {
    return writer.write(bytes, size);
  }

  private void write(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      quote(text.value());
    } else if (value instanceof JsonValue.Num number) {
      CanonicalNumber.write(number.value(), this);
    } else if (value instanceof JsonValue.Bool bool) {
      ascii(bool.value() ? "true" : "false");
    } else if (value instanceof JsonValue.Members members) {
      put('{');
      for (int i = 0; i < members.size(); i++) {
        if (i > 0) {
          put(',');
        }
        quote(members.name(i));
        put(':');
        write(members.value(i));
      }
      put('}');
    } else if (value instanceof JsonValue.Array array) {
      put('[');
      for (int i = 0; i < array.items().size(); i++) {
        if (i > 0) {
          put(',');
        }
        write(array.items().get(i));
      }
      put(']');
    } else {
      ascii("null");
    }
  }

  /** RFC 8785 §3.2.2.2: only what must be escaped is, and control characters in lower-case hex. */
  private void quote(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i = beyondAscii(text, i) - 1;
      } else if (c >= 0x20 && c != '"' && c != '\\') {
        put(c);
      } else {
        escape(c);
      }
    }
    put('"');
  }

  /** Writes what is no ASCII from here on, so that pairs stay together; returns where it ends. */
  private int beyondAscii(String text, int from) {
    int to = from + 1;
    while (to < text.length() && text.charAt(to) >= 0x80) {
      to++;
    }
    for (byte b : text.substring(from, to).getBytes(StandardCharsets.UTF_8)) {
      put(b);
    }
    return to;
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\b' -> ascii("\\b");
      case '\t' -> ascii("\\t");
      case '\n' -> ascii("\\n");
      case '\f' -> ascii("\\f");
      case '\r' -> ascii("\\r");
      default -> {
        ascii(c < 0x10 ? "\\u000" : "\\u00");
        ascii(Integer.toHexString(c));
      }
    }
  }

  /** Writes a whole number. */
  void whole(long value) {
    long unit = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      unit *= 10;
    }
    if (value < 0) {
      put('-');
    }
    for (; unit > 0; unit /= 10) {
      put('0' + (int) Math.abs(value / unit % 10));
    }
  }

  void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  void put(int b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) b;
  }
}
