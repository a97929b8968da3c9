package dev.tollgate.provenance;

/**
 * The words that somebody wrote, and where one of them could begin or end. What joins two words
 * without a space, such as the dots of a host and the slashes of a path, makes one word of them.
 */
final class Words {
  private static final int SHORTEST = 3;

  /** Marks that belong to the word beside them, whatever else stands there. */
  private static final String BINDING = "-@/\\%+=&#~*^|_\u00b0\u00b7\u2030\u2031";

  /** Marks that may end a sentence or quote a word, unless a word goes on beyond them. */
  private static final String JOINING = ".:?!,;'\u2019\u066b\u066c\u3002\uff0c\uff0e\uff61";

  /** Before a word these belong to it, as in {@code .profile} and {@code mailto:}. */
  private static final String LEADING = ".:";

  private final String text;
  private final boolean[] begins;
  private final boolean[] ends;

  Words(String text) {
    this.text = text;
    int length = text.length();
    begins = new boolean[length + 1];
    ends = new boolean[length + 1];
    boolean bound = false;
    for (int at = 0; at <= length; at++) {
      begins[at] = !bound;
      bound =
          at < length
              && (LEADING.indexOf(text.charAt(at)) >= 0
                  || bound(text.codePointBefore(at + 1), text.charAt(at), bound));
    }
    bound = false;
    for (int at = length; at >= 0; at--) {
      ends[at] = !bound;
      bound = at > 0 && bound(text.codePointAt(at - 1), text.charAt(at - 1), bound);
    }
  }

  /** Whether the word goes on through a character, if it does beyond it. */
  private static boolean bound(int point, char unit, boolean beyond) {
    return part(point)
        || BINDING.indexOf(unit) >= 0
        || Character.getType(unit) == Character.DASH_PUNCTUATION
        || (JOINING.indexOf(unit) >= 0 && beyond);
  }

  /** Letters, digits, marks, and whatever is not shown or not known. */
  private static boolean part(int point) {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          false;
      case Character.CONTROL -> !Character.isWhitespace(point);
      case Character.MATH_SYMBOL -> point != '<' && point != '>'; // around a mailbox
      default -> true;
    };
  }

  String text() {
    return text;
  }

  /** Whether a word or words that begin and end there stand alone. */
  boolean whole(int from, int to) {
    return begins[from] && ends[to];
  }

  /**
   * Whether a value stands here as a whole.
   *
   * @param anyCase whether A to Z match in either case
   */
  boolean hold(String value, boolean anyCase) {
    if (value.codePointCount(0, value.length()) < SHORTEST
        || value.length() > text.length()
        || !value.strip().equals(value)
        || value.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return false;
    }
    // Knuth, Morris and Pratt: a model could choose a value that makes simpler searches slow.
    int[] borders = borders(value, anyCase);
    int matched = 0;
    for (int at = 0; at < text.length(); at++) {
      while (matched > 0 && !same(text.charAt(at), value.charAt(matched), anyCase)) {
        matched = borders[matched - 1];
      }
      if (same(text.charAt(at), value.charAt(matched), anyCase)) {
        matched++;
      }
      if (matched == value.length()) {
        if (whole(at + 1 - matched, at + 1)) {
          return true;
        }
        matched = borders[matched - 1];
      }
    }
    return false;
  }

  private static int[] borders(String value, boolean anyCase) {
    int[] borders = new int[value.length()];
    int border = 0;
    for (int at = 1; at < value.length(); at++) {
      while (border > 0 && !same(value.charAt(at), value.charAt(border), anyCase)) {
        border = borders[border - 1];
      }
      if (same(value.charAt(at), value.charAt(border), anyCase)) {
        border++;
      }
      borders[at] = border;
    }
    return borders;
  }

  private static boolean same(char one, char other, boolean anyCase) {
    return one == other || (anyCase && lower(one) == lower(other));
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }
}
