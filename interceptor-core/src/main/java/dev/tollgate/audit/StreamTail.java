package dev.tollgate.audit;

import dev.tollgate.json.KeyedDigest;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Where an existing stream ends.
 *
 * @param seq the sequence number of its last whole record, 0 if there is none
 * @param mac that record's MAC
 * @param torn bytes of an unfinished line behind it
 */
record StreamTail(long seq, String mac, long torn) {
  private static final int LONGEST_LINE = 64 * 1024;

  /**
   * Reads the end of a stream, to go on from there.
   *
   * @throws AuditException if the last whole record is not authentic: nothing is written behind a
   *     forged record
   */
  static StreamTail read(RandomAccessFile file, KeyedDigest keys, String tenant)
      throws IOException, AuditException {
    long length = file.length();
    int window = (int) Math.min(length, 2L * LONGEST_LINE);
    byte[] end = new byte[window];
    file.seek(length - window);
    file.readFully(end);
    int lastBreak = lastBreak(end, window);
    long torn = window - (lastBreak + 1L);
    if (lastBreak < 0) {
      return new StreamTail(0, AuditStream.GENESIS, torn);
    }
    int from = lastBreak(end, lastBreak) + 1;
    byte[] line = java.util.Arrays.copyOfRange(end, from, lastBreak);
    AuditLine last = AuditLine.parse(line, keys, tenant);
    if (last == null || !last.authentic()) {
      throw new AuditException(
          "the last record of the stream of "
              + tenant
              + " is not authentic (wrong key, or changed); run `audit verify` and move the file away");
    }
    return new StreamTail(last.seq(), last.mac(), torn);
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
