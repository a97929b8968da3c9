package dev.tollgate.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Writes one JSON line into a buffer that is used again. Control characters, bidirectional marks
 * and everything else that could forge a line on a screen are escaped; texts that a model may have
 * chosen are cut at 256 characters, lists at 64 items: a line stays small enough to be found again
 * from the end of a file.
 */
public final class RecordWriter {
  /** Characters of a text that are written. */
  public static final int LONGEST = 256;

  /** Items of a list that are written. */
  public static final int MOST = 64;

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private byte[] buffer = new byte[4096];
  private int size;
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  RecordWriter() {}

  void reset() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] buffer() {
    return buffer;
  }

  public RecordWriter field(String name, String value) {
    return name(name).quoted(value);
  }

  public RecordWriter field(String name, long value) {
    return name(name).number(value);
  }

  public RecordWriter field(String name, boolean value) {
    return name(name).raw(value ? "true" : "false");
  }

  /** ISO 8601 in UTC, to the microsecond. */
  RecordWriter field(String name, Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      secondText = SECOND.format(at);
    }
    name(name).put('"');
    raw(secondText).put('.');
    int micros = at.getNano() / 1000;
    for (int unit = 100_000; unit > 0; unit /= 10) {
      put('0' + micros / unit % 10);
    }
    put('Z');
    put('"');
    return this;
  }

  public RecordWriter field(String name, List<String> values) {
    return name(name).list(values);
  }

  private RecordWriter list(List<String> values) {
    put('[');
    int shown = Math.min(values.size(), MOST);
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        put(',');
      }
      quoted(values.get(i));
    }
    if (shown < values.size()) {
      raw(",\"and ").raw(Integer.toString(values.size() - shown)).raw(" more\"");
    }
    put(']');
    return this;
  }

  /** Begins an object as a field; {@link #end} ends it. */
  public RecordWriter begin(String name) {
    return name(name).open();
  }

  public RecordWriter end() {
    return close();
  }

  /** A field whose name is not ours, such as an argument's. */
  RecordWriter key(String name) {
    separate();
    quoted(name);
    put(':');
    return this;
  }

  /** A text, a whole number, a truth value or a set of texts, under the name that came before. */
  RecordWriter value(Object value) {
    if (value instanceof Long number) {
      return number(number);
    }
    if (value instanceof Boolean bool) {
      return raw(bool ? "true" : "false");
    }
    return value instanceof Collection<?> texts
        ? list(texts.stream().map(String::valueOf).sorted().toList())
        : quoted(String.valueOf(value));
  }

  RecordWriter open() {
    put('{');
    return this;
  }

  RecordWriter close() {
    put('}');
    return this;
  }

  RecordWriter newLine() {
    put('\n');
    return this;
  }

  private void separate() {
    if (buffer[size - 1] != '{') {
      put(',');
    }
  }

  private RecordWriter name(String name) {
    separate();
    put('"');
    raw(name).put('"');
    put(':');
    return this;
  }

  RecordWriter raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size + i] = (byte) ascii.charAt(i);
    }
    size += length;
    return this;
  }

  RecordWriter raw(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, buffer, size, ascii.length);
    size += ascii.length;
    return this;
  }

  /** A text of our own that needs no escape. */
  RecordWriter field(String name, byte[] ascii) {
    name(name).put('"');
    raw(ascii).put('"');
    return this;
  }

  private RecordWriter number(long value) {
    if (value < 0 || value > 9) {
      if (value < 0) {
        return raw(Long.toString(value));
      }
      number(value / 10);
    }
    put((int) ('0' + value % 10));
    return this;
  }

  private RecordWriter quoted(String text) {
    put('"');
    int end = Math.min(text.length(), LONGEST);
    for (int i = plain(text, end); i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
        put(c);
      } else if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (Character.isLetterOrDigit(c)) {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          put(b);
        }
      } else {
        escape(c);
      }
    }
    put('"');
    return this;
  }

  /** Copies what needs no escape, up to the first character that does; returns where that is. */
  private int plain(String text, int end) {
    reserve(end);
    byte[] to = buffer;
    int at = size;
    int i = 0;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      to[at + i] = (byte) c;
    }
    size = at + i;
    return i;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }

  private void escape(char c) {
    char shown = Character.isSurrogate(c) ? '\ufffd' : c;
    put('\\');
    put('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(Character.forDigit((shown >> shift) & 0xf, 16));
    }
  }

  private void put(int b) {
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, size * 2);
    }
    buffer[size++] = (byte) b;
  }
}
