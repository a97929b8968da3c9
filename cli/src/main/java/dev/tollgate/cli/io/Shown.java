package dev.tollgate.cli.io;

import java.util.Set;
import java.util.stream.Collectors;

/** Texts on a terminal, where whoever wrote them must not decide how a line looks. */
public final class Shown {
  /** Letters by their category, and yet nothing to see. */
  private static final Set<Integer> BLANK_LETTERS = Set.of(0x115f, 0x1160, 0x3164, 0xffa0);

  private Shown() {}

  /**
   * One line: what is not plainly visible is shown as an escape, such as {@code \}{@code u202e}.
   */
  public static String text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (visible(c)) {
                out.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  out.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return out.toString();
  }

  /** The same for a text whose lines are meant to be lines, such as a policy. */
  public static String lines(String text) {
    return text.lines().map(Shown::text).collect(Collectors.joining("\n"));
  }

  private static boolean visible(int c) {
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
