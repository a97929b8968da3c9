package dev.tollgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one JSON line into a buffer that is used again. Control characters, bidirectional marks
 * and everything else that could forge a line on a screen are escaped; texts that a model may have
 * chosen are cut at 256 characters, lists at 64 items: a line stays small enough to be found again
 * from the end of a file.
 */
public final class RecordWriter {
  private static final int LONGEST = 256;
  private static final int MOST = 64;
  private byte[] buffer = new byte[4096];
  private int size;

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
    return name(name).raw(Long.toString(value));
  }

  public RecordWriter field(String name, boolean value) {
    return name(name).raw(value ? "true" : "false");
  }

  public RecordWriter field(String name, List<String> values) {
    name(name).put('[');
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

  private RecordWriter name(String name) {
    if (buffer[size - 1] != '{') {
      put(',');
    }
    return quoted(name).raw(":");
  }

  RecordWriter raw(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  private RecordWriter quoted(String text) {
    put('"');
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
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
