package dev.tollgate.guard;

/**
 * Finds what varies between repetitions of one text: counters, ISO 8601 times, UUIDs, and
 * hexadecimal nonces of 16 digits or more. Without regular expressions: a model wrote the text, and
 * must not choose how long this takes.
 */
final class Jitter {
  private static final int NONCE = 16;
  private static final String UUID = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
  private static final String DATE = "dddd-dd-dd";
  private static final String MINUTE = "dd:dd";

  private Jitter() {}

  /** White space of any kind, also that which does not break, and control characters. */
  static boolean space(char c) {
    return c <= ' ' || (c > '~' && (Character.isWhitespace(c) || Character.isSpaceChar(c)));
  }

  /** The end of what varies from {@code at} on; {@code at} itself if nothing does. */
  static int end(String text, int at) {
    char c = text.charAt(at);
    boolean digit = digit(c);
    if (!digit && !hex(c)) {
      return at;
    }
    if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
      int end = word(text, at);
      if (end > at) {
        return end;
      }
    }
    return digit ? digits(text, at) : at;
  }

  /** The end of a UUID, a time or a nonce that is a whole word. */
  private static int word(String text, int at) {
    if (like(text, at, UUID) && wordEnds(text, at + UUID.length())) {
      return at + UUID.length();
    }
    if (like(text, at, DATE) && time(text, at + DATE.length()) > at) {
      return time(text, at + DATE.length());
    }
    int end = at;
    while (end < text.length() && hex(text.charAt(end))) {
      end++;
    }
    return end - at >= NONCE && wordEnds(text, end) ? end : at;
  }

  /** The end of a date with the time of day and the zone that may follow; 0 if it is no date. */
  private static int time(String text, int date) {
    int at = date;
    if (at < text.length() && "Tt ".indexOf(text.charAt(at)) >= 0 && like(text, at + 1, MINUTE)) {
      at += 1 + MINUTE.length();
      if (like(text, at, ":dd")) {
        at += 3;
        if (like(text, at, ".d")) {
          at = digits(text, at + 1);
        }
      }
      at = zone(text, at);
    }
    return wordEnds(text, at) ? at : 0;
  }

  private static int zone(String text, int at) {
    if (at >= text.length()) {
      return at;
    }
    char c = text.charAt(at);
    if (c == 'Z' || c == 'z') {
      return at + 1;
    }
    if (c != '+' && c != '-') {
      return at;
    }
    for (String offset : new String[] {MINUTE, "dddd", "dd"}) {
      if (like(text, at + 1, offset)) {
        return at + 1 + offset.length();
      }
    }
    return at;
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether the text goes on like this: {@code d} a digit, {@code h} a hexadecimal one. */
  private static boolean like(String text, int at, String shape) {
    if (text.length() - at < shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char c = text.charAt(at + i);
      char wanted = shape.charAt(i);
      boolean fits = wanted == 'd' ? digit(c) : wanted == 'h' ? hex(c) : c == wanted;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean wordEnds(String text, int at) {
    return at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }

  private static boolean digit(char c) {
    return (c >= '0' && c <= '9') || (c > '~' && Character.isDigit(c));
  }

  private static boolean hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
