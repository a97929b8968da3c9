package dev.tollgate.json;

import java.util.List;

/**
 * JSON for people to review: two spaces a level, members sorted, one a line, so that a change is a
 * change of few lines. What is not plainly visible is escaped.
 */
public final class ReadableJson {
  private ReadableJson() {}

  /** The value over several lines, without a line break at the end. */
  public static String text(JsonValue value) {
    StringBuilder out = new StringBuilder(256);
    write(value, "\n", out);
    return out.toString();
  }

  private static void write(JsonValue value, String line, StringBuilder out) {
    String below = line + "  ";
    if (value instanceof JsonValue.Text text) {
      out.append(Shown.quoted(text.value()));
    } else if (value instanceof JsonValue.Members members && members.size() > 0) {
      for (int i = 0; i < members.size(); i++) {
        out.append(i == 0 ? "{" : ",").append(below);
        out.append(Shown.quoted(members.name(i))).append(": ");
        write(members.value(i), below, out);
      }
      out.append(line).append('}');
    } else if (value instanceof JsonValue.Array array && !array.items().isEmpty()) {
      List<JsonValue> items = array.items();
      for (int i = 0; i < items.size(); i++) {
        out.append(i == 0 ? "[" : ",").append(below);
        write(items.get(i), below, out);
      }
      out.append(line).append(']');
    } else {
      out.append(CanonicalJson.text(value)); // a number, true, false, null, {} or []
    }
  }
}
