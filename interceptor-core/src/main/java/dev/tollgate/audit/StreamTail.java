package dev.tollgate.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/**
 * Where an existing stream ends.
 *
 * @param seq the sequence number of its last whole record, 0 if there is none
 * @param mac that record's MAC
 * @param torn bytes of an unfinished line behind it
 * @param open whether the file does not end with a line break
 */
record StreamTail(long seq, String mac, long torn, boolean open) {
  private static final int LONGEST_LINE = 256 * 1024;

  /**
   * Reads the end of a stream, to go on from there.
   *
   * @throws AuditException if the last whole record is not authentic: nothing is written behind a
   *     forged record
   */
  static StreamTail read(RandomAccessFile file, AuditKeys keys, String tenant)
      throws IOException, AuditException {
    long length = file.length();
    int window = (int) Math.min(length, 2L * LONGEST_LINE); // a torn line and the one before
    byte[] end = new byte[window];
    file.seek(length - window);
    file.readFully(end);
    int lastBreak = lastBreak(end, window);
    if (lastBreak < 0 && length > window) {
      throw refuse(tenant);
    }
    byte[] rest = Arrays.copyOfRange(end, lastBreak + 1, window);
    AuditLine whole = AuditLine.parse(rest, keys, tenant);
    if (whole != null && whole.authentic()) { // only its line break is missing
      return new StreamTail(whole.seq(), whole.mac(), 0, true);
    }
    if (lastBreak < 0) {
      return new StreamTail(0, AuditStream.GENESIS, rest.length, rest.length > 0);
    }
    int from = lastBreak(end, lastBreak) + 1;
    AuditLine last = AuditLine.parse(Arrays.copyOfRange(end, from, lastBreak), keys, tenant);
    if (last == null || !last.authentic()) {
      throw refuse(tenant);
    }
    return new StreamTail(last.seq(), last.mac(), rest.length, rest.length > 0);
  }

  private static AuditException refuse(String tenant) {
    return new AuditException(
        "the last record of the stream of "
            + tenant
            + " is not authentic (wrong key, or changed); run `audit verify` and move the file away");
  }

  private static int lastBreak(byte[] bytes, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
