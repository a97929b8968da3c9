package dev.tollgate.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;

/**
 * Where a log ends and goes on.
 *
 * @param out stands at the end
 * @param length of the file, bytes
 * @param sum the checksum of the last line
 */
record LogTail(RandomAccessFile out, long length, int sum) {
  private static final int CHUNK = 1 << 16;

  /** Writes one line with one call. */
  LogTail append(String text) throws IOException {
    byte[] line = LineSum.line(sum, text);
    out.write(line);
    return new LogTail(out, length + line.length, LineSum.in(line));
  }

  /** Fills an empty file. */
  static LogTail of(RandomAccessFile out, String first, StateLog.Source source) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(2 * CHUNK);
    int[] sum = {0};
    add(chunk, sum, first);
    try {
      source.to(
          change -> {
            add(chunk, sum, change.text());
            if (chunk.size() >= CHUNK) {
              flush(chunk, out);
            }
          });
      flush(chunk, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new LogTail(out, out.length(), sum[0]);
  }

  private static void add(ByteArrayOutputStream chunk, int[] sum, String text) {
    byte[] line = LineSum.line(sum[0], text);
    sum[0] = LineSum.in(line);
    chunk.writeBytes(line);
  }

  private static void flush(ByteArrayOutputStream chunk, RandomAccessFile out) {
    try {
      out.write(chunk.toByteArray());
      chunk.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
