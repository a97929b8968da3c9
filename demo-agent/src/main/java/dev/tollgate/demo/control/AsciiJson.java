package dev.tollgate.demo.control;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonValue;

/**
 * JSON of printable ASCII only. A model wrote some of it: no control character, bidirectional mark
 * or look-alike reaches a terminal, and nothing that a page could take for markup.
 */
final class AsciiJson {
  private AsciiJson() {}

  static String of(JsonValue value) {
    String canonical = CanonicalJson.text(value);
    StringBuilder out = new StringBuilder(canonical.length() + 64);
    for (int i = 0; i < canonical.length(); i++) {
      char c = canonical.charAt(i);
      // All of these can stand only inside a text, where an escape means the same.
      if (c < 0x20 || c > 0x7e || c == '<' || c == '>' || c == '&' || c == '\'') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
