package dev.tollgate.json;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers as ECMAScript prints them, which RFC 8785 §3.2.2.3 demands.
 *
 * <p>Jackson's Schubfach gives the shortest decimal in Java's notation, with at least two digits;
 * ECMAScript wants the shortest with at least one, in a notation of its own.
 */
final class CanonicalNumber {
  private CanonicalNumber() {}

  /** The number as text. */
  static String format(double value) {
    return CanonicalJson.in(new byte[32], new JsonValue.Num(value)).text();
  }

  /** Writes the number. */
  static void write(double value, CanonicalJson out) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.whole((long) value); // also -0
      return;
    }
    long scaled = Math.round(value * 10_000);
    if (Math.abs(scaled) < 1_000_000_000_000_000L && scaled / 10_000d == value) {
      fourDecimals(scaled, out); // of 15 digits no other decimal is this double
    } else {
      out.ascii(shortest(value));
    }
  }

  private static String shortest(double value) {
    boolean negative = value < 0;
    String java = NumberOutput.toString(Math.abs(value), true);
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
    int dot = mantissa.indexOf('.');
    StringBuilder digits = new StringBuilder(24);
    digits.append(mantissa, 0, dot).append(mantissa, dot + 1, mantissa.length());
    int point = dot + exponent; // the value is 0.digits × 10^point
    int lead = 0;
    while (lead < digits.length() - 1 && digits.charAt(lead) == '0') {
      lead++;
    }
    digits.delete(0, lead);
    point -= lead;
    while (digits.length() > 1 && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    if (digits.length() == 2) {
      point = preferOneDigit(digits, point, Math.abs(value));
    }
    String text = ecmaScript(digits, point);
    return negative ? "-" + text : text;
  }

  private static void fourDecimals(long scaled, CanonicalJson out) {
    if (scaled < 0) {
      out.put('-');
    }
    out.whole(Math.abs(scaled) / 10_000);
    out.put('.');
    int part = (int) (Math.abs(scaled) % 10_000);
    for (int unit = 1000; part > 0; unit /= 10) {
      out.put('0' + part / unit);
      part %= unit;
    }
  }

  /** Java prefers two digits (4.9E-324) where one would do (5e-324). */
  private static int preferOneDigit(StringBuilder digits, int point, double value) {
    int up = digits.charAt(0) - '0' + 1;
    int down = digits.charAt(0) - '0';
    int[] order = digits.charAt(1) >= '5' ? new int[] {up, down} : new int[] {down, up};
    for (int digit : order) {
      if (digit > 0 && Double.parseDouble(digit + "e" + (point - 1)) == value) {
        digits.setLength(0);
        digits.append(digit == 10 ? 1 : digit);
        return digit == 10 ? point + 1 : point;
      }
    }
    return point;
  }

  /**
   * ECMA-262 Number::toString, where k digits times 10^(n-k) is the value and n is {@code point}.
   */
  private static String ecmaScript(StringBuilder digits, int point) {
    int k = digits.length();
    StringBuilder out = new StringBuilder(28);
    if (k <= point && point <= 21) {
      return out.append(digits).append("0".repeat(point - k)).toString();
    }
    if (0 < point && point <= 21) {
      return out.append(digits, 0, point).append('.').append(digits, point, k).toString();
    }
    if (-6 < point && point <= 0) {
      return out.append("0.").append("0".repeat(-point)).append(digits).toString();
    }
    int exponent = point - 1;
    out.append(digits.charAt(0));
    if (k > 1) {
      out.append('.').append(digits, 1, k);
    }
    return out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent)).toString();
  }
}
