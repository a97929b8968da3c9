package dev.tollgate.state;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One change in a {@link StateLog}: fields between tabs, in printable ASCII, so that neither a key
 * nor a value can end a line or turn it around on a terminal.
 *
 * @param key whose entry changes
 * @param value its value from now on, {@code null} if it is removed
 * @param atMillis when that was, by the wall clock
 * @param lifeNanos how long the entry then had to live; 0 if it is removed
 */
record StateLine(StateKey key, @Nullable String value, long atMillis, long lifeNanos) {
  private static final String PUT = "put";
  private static final String REMOVE = "remove";

  /**
   * What is left of the life at a later time; 0 or less if it has ended. Never more than there was:
   * a wall clock that was set back lengthens nothing.
   */
  long leftAt(long nowMillis) {
    return lifeNanos - TimeUnit.MILLISECONDS.toNanos(Math.max(0, nowMillis - atMillis));
  }

  String text() {
    StringBuilder out = new StringBuilder(256);
    out.append(value == null ? REMOVE : PUT).append('\t').append(atMillis);
    field(out, key.tenant());
    field(out, key.room());
    field(out, key.id());
    if (value != null) {
      out.append('\t').append(lifeNanos);
      field(out, value);
    }
    return out.toString();
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static StateLine read(String text) {
    String[] fields = text.split("\t", -1);
    boolean put = fields[0].equals(PUT) && fields.length == 7;
    if (!put && !(fields[0].equals(REMOVE) && fields.length == 5)) {
      throw new IllegalArgumentException("no change");
    }
    return new StateLine(
        new StateKey(unescape(fields[2]), unescape(fields[3]), unescape(fields[4])),
        put ? unescape(fields[6]) : null,
        Long.parseLong(fields[1]),
        put ? Long.parseLong(fields[5]) : 0);
  }

  private static void field(StringBuilder out, String text) {
    out.append('\t');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '\\') {
        out.append(c);
      } else {
        out.append('\\');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      }
    }
  }

  private static String unescape(String field) {
    int escape = field.indexOf('\\');
    if (escape < 0) {
      return field;
    }
    StringBuilder out = new StringBuilder(field.length());
    int from = 0;
    while (escape >= 0) {
      out.append(field, from, escape);
      from = Math.min(escape + 5, field.length());
      out.append((char) Integer.parseInt(field.substring(escape + 1, from), 16));
      escape = field.indexOf('\\', from);
    }
    return out.append(field, from, field.length()).toString();
  }
}
