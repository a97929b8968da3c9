package dev.tollgate.json;

import java.util.Set;
import java.util.stream.Collectors;

/** Texts that strangers wrote, for logs and terminals: they must not decide how a line looks. */
public final class Shown {
  /** Letters by their category, and yet nothing to see. */
  private static final Set<Integer> BLANK_LETTERS = Set.of(0x115f, 0x1160, 0x3164, 0xffa0);

  private Shown() {}

  /**
   * The text on one line, where what is not plainly visible is written as an escape, such as {@code
   * \}{@code u202e}: control characters, bidirectional marks, letters of right-to-left scripts and
   * symbols beyond ASCII.
   */
  public static String text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(c, out));
    return out.toString();
  }

  /** The same for a text whose lines are meant to be lines, such as a policy. */
  public static String lines(String text) {
    return text.lines().map(Shown::text).collect(Collectors.joining("\n"));
  }

  /** The text in quotes, as JSON and YAML both read it back. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> append(c, out);
              }
            });
    return out.append('"').toString();
  }

  private static void append(int c, StringBuilder out) {
    if (visible(c)) {
      out.appendCodePoint(c);
      return;
    }
    for (char unit : Character.toChars(c)) {
      out.append("\\u%04x".formatted((int) unit));
    }
  }

  /** Whether a character looks like what it is, on every terminal. */
  public static boolean visible(int c) {
    if (c < 0x80) {
      return c >= 0x20 && c < 0x7f;
    }
    return Character.isLetterOrDigit(c) && !BLANK_LETTERS.contains(c) && leftToRight(c);
  }

  /** A letter of the other direction turns the digits beside it around, mark or no mark. */
  private static boolean leftToRight(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER ->
          false;
      default -> true;
    };
  }
}
