package dev.tollgate.cli.manifest;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How a tool's name looks to somebody who does not look closely. Only for warnings: to the gate a
 * name is its characters and nothing else.
 */
final class NameLook {
  // Letters of other scripts that are drawn like Latin ones; enough to warn, not to be sure.
  private static final String ALIKE =
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u03bf\u03b1\u03bd\u0261";
  private static final String LATIN = "aeopcyxijshdqoavg";

  private NameLook() {}

  static String of(String name) {
    StringBuilder out = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(NameLook::latin)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static int latin(int c) {
    int at = ALIKE.indexOf(c);
    if (at >= 0) {
      return LATIN.charAt(at);
    }
    return switch (c) {
      case '0' -> 'o';
      case '1' -> 'l';
      default -> c;
    };
  }
}
