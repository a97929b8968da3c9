package dev.tollgate.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The checksum in front of each line, which covers the one before: a line that is changed, missing
 * or in another place is noticed. Against accidents, not against people.
 */
final class LineSum {
  private static final HexFormat HEX = HexFormat.of();

  /** Eight hex digits and a tab. */
  static final int WIDTH = 9;

  private LineSum() {}

  /** The whole line, with its break, that stands behind one with the checksum {@code before}. */
  static byte[] line(int before, String text) {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[WIDTH + body.length + 1];
    System.arraycopy(body, 0, line, WIDTH, body.length);
    line[WIDTH - 1] = '\t';
    line[line.length - 1] = '\n';
    System.arraycopy(hex(of(before, line, line.length - 1)), 0, line, 0, WIDTH - 1);
    return line;
  }

  /** The checksum that stands in front of a line. */
  static int in(byte[] line) {
    return HexFormat.fromHexDigits(new String(line, 0, WIDTH - 1, StandardCharsets.US_ASCII));
  }

  /** Whether a line without its break is the one that was written behind {@code before}. */
  static boolean holds(int before, byte[] line) {
    return line.length >= WIDTH
        && line[WIDTH - 1] == '\t'
        && Arrays.equals(hex(of(before, line, line.length)), 0, WIDTH - 1, line, 0, WIDTH - 1);
  }

  private static int of(int before, byte[] line, int to) {
    CRC32C sum = new CRC32C();
    sum.update(before >>> 24);
    sum.update(before >>> 16);
    sum.update(before >>> 8);
    sum.update(before);
    sum.update(line, WIDTH, to - WIDTH);
    return (int) sum.getValue();
  }

  private static byte[] hex(int sum) {
    return HEX.toHexDigits(sum).getBytes(StandardCharsets.US_ASCII);
  }
}
