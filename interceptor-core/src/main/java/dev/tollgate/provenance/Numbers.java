package dev.tollgate.provenance;

import dev.tollgate.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** The numbers that somebody wrote in digits. */
final class Numbers {
  private static final int LONGEST = 32;
  private final Set<BigDecimal> values = new HashSet<>();

  Numbers(Words words) {
    String text = words.text();
    int at = 0;
    while (at < text.length()) {
      if (!digit(text, at)) {
        at++;
        continue;
      }
      int from = at;
      at = digits(text, at);
      int point = at;
      if (at < text.length() && text.charAt(at) == '.' && digit(text, at + 1)) {
        at = digits(text, at + 1);
      }
      boolean minus = from > 0 && text.charAt(from - 1) == '-';
      int begin = minus ? from - 1 : from;
      if (words.whole(begin, at)
          && !grouped(text, begin, at)
          && plain(text.substring(from, point), at - point - 1)) {
        values.add(new BigDecimal(text.substring(begin, at)).stripTrailingZeros());
      }
    }
  }

  /** {@code 007} is a name, and {@code 1.000} is a thousand to many. */
  private static boolean plain(String whole, int decimals) {
    boolean zero = whole.startsWith("0");
    return whole.length() + Math.max(decimals, 0) <= LONGEST
        && (!zero || whole.length() == 1)
        && (zero || decimals != 3 || whole.length() > 3);
  }

  /** Whether it may be one group of a number that is written with spaces. */
  private static boolean grouped(String text, int from, int to) {
    return (space(text, from - 1) && digit(text, from - 2))
        || (space(text, to) && digit(text, to + 1));
  }

  private static boolean space(String text, int at) {
    return at >= 0 && at < text.length() && Character.isSpaceChar(text.charAt(at));
  }

  private static boolean digit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static int digits(String text, int at) {
    int end = at;
    while (digit(text, end)) {
      end++;
    }
    return end;
  }

  boolean hold(JsonValue.Num number) {
    return values.contains(new BigDecimal(number.canonical()).stripTrailingZeros());
  }
}
