package dev.tollgate.json;

import java.nio.charset.StandardCharsets;

/** The canonical form of a JSON value (RFC 8785), as UTF-8 bytes or as text. */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical form in UTF-8. */
  public static byte[] bytes(JsonValue value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The canonical form. */
  public static String text(JsonValue value) {
    StringBuilder out = new StringBuilder(256);
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    if (value instanceof JsonValue.Text text) {
      quote(text.value(), out);
    } else if (value instanceof JsonValue.Num number) {
      out.append(number.canonical());
    } else if (value instanceof JsonValue.Bool bool) {
      out.append(bool.value());
    } else if (value instanceof JsonValue.Members members) {
      out.append('{');
      for (int i = 0; i < members.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        quote(members.name(i), out);
        out.append(':');
        write(members.value(i), out);
      }
      out.append('}');
    } else if (value instanceof JsonValue.Array array) {
      out.append('[');
      for (int i = 0; i < array.items().size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        write(array.items().get(i), out);
      }
      out.append(']');
    } else {
      out.append("null");
    }
  }

  /** RFC 8785 §3.2.2.2: only what must be escaped is, and control characters in lower-case hex. */
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, from, i);
      from = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
      }
    }
    out.append(text, from, text.length()).append('"');
  }
}
