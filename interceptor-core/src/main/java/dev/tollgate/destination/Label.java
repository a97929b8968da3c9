package dev.tollgate.destination;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One label of a host name. Only what every standard for international names turns into the same
 * ASCII is taken: IDNA 2003 (which Java has), IDNA 2008 and UTS 46 (which browsers have) differ on
 * the rest.
 */
final class Label {
  private static final int LONGEST = 63;
  private static final String ENCODED = "xn--";

  /** IDNA 2003 maps ß and final sigma to others, IDNA 2008 keeps them; two vowels have no glyph. */
  private static final String REFUSED = "\u00df\u03c2\u17b4\u17b5";

  /** Scripts that one word may mix (UTS 39, "highly restrictive"). */
  private static final List<Set<UnicodeScript>> MIXES =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

  private Label() {}

  static String ascii(String label) throws UnreadableDestinationException {
    if (label.isEmpty() || label.length() > LONGEST) {
      throw new UnreadableDestinationException("a host name has labels of 1 to 63 characters");
    }
    String lower = label.toLowerCase(Locale.ROOT);
    if (!label.chars().allMatch(c -> c < 128)) {
      String ascii = encoded(lower);
      if (!ascii.equals(mapped(label))) {
        throw international(); // a capital letter that only newer versions of Unicode know as one
      }
      return ascii;
    }
    plain(lower);
    if (lower.startsWith(ENCODED)) {
      String unicode = IDN.toUnicode(lower); // the same text, if it decodes to nothing
      if (unicode.equals(lower) || !encoded(unicode).equals(lower)) {
        throw international();
      }
    }
    return lower;
  }

  /** Letters, digits and hyphens (RFC 1123 §2.1). */
  private static void plain(String label) throws UnreadableDestinationException {
    boolean taken = label.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c));
    if (!taken || label.startsWith("-") || label.endsWith("-")) {
      throw new UnreadableDestinationException(
          "a host name has letters, digits and inner hyphens only");
    }
  }

  private static String encoded(String lower) throws UnreadableDestinationException {
    String normal = Normalizer.normalize(lower, Normalizer.Form.NFC);
    if (!lower.codePoints().allMatch(Label::taken)
        || mark(normal.codePointAt(0))
        || !Normalizer.isNormalized(normal, Normalizer.Form.NFKC)) {
      throw international();
    }
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    normal.codePoints().forEach(point -> scripts.add(UnicodeScript.of(point)));
    scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    if (scripts.size() > 1 && MIXES.stream().noneMatch(mix -> mix.containsAll(scripts))) {
      throw new UnreadableDestinationException("mixes scripts in one name");
    }
    try {
      String ascii = IDN.toASCII(normal, IDN.USE_STD3_ASCII_RULES);
      // Whatever mapped or dropped a character on the way would have made another name of it.
      if (ascii.startsWith(ENCODED) && IDN.toUnicode(ascii).equals(normal)) {
        return ascii;
      }
    } catch (IllegalArgumentException e) { // unassigned, prohibited, too long
    }
    throw international();
  }

  /** What IDNA 2003 makes of a label as it stands, capitals and all. */
  private static String mapped(String label) throws UnreadableDestinationException {
    try {
      return IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) { // unassigned, prohibited, too long
      throw international();
    }
  }

  private static boolean taken(int point) {
    if (point < 128) {
      return point == '-' || Character.isLetterOrDigit(point);
    }
    boolean jamo = point >= 0x1100 && point <= 0x11ff; // parts of syllables, some without a glyph
    return (Character.isLetter(point) || mark(point))
        && !jamo
        && REFUSED.indexOf(point) < 0
        // Versions of Unicode disagree on what a few characters are the duplicates of.
        && Normalizer.isNormalized(Character.toString(point), Normalizer.Form.NFC);
  }

  private static boolean mark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  static boolean rightToLeft(String text) {
    return text.codePoints()
        .map(Character::getDirectionality)
        .anyMatch(
            way ->
                way == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || way == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  }

  private static UnreadableDestinationException international() {
    return new UnreadableDestinationException(
        "an international name that programs could read differently");
  }
}
