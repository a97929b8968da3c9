package dev.tollgate.demo.evaluate;

/** Text that anyone may have written, made safe to show on a page. */
final class HtmlText {
  private HtmlText() {}

  /**
   * Markup becomes text; what is not seen, or turns what is seen around, becomes its code. Line
   * breaks and tabs stay.
   */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** The same, of at most so many characters. */
  static String of(String text, int most) {
    int length = text.codePointCount(0, text.length());
    if (length <= most) {
      return of(text);
    }
    return of(text.substring(0, text.offsetByCodePoints(0, most)))
        + "… ("
        + length
        + " characters)";
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.appendCodePoint(c);
      default -> {
        if (hidden(c)) {
          for (char half : Character.toChars(c)) {
            out.append(String.format("\\u%04x", (int) half));
          }
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
