package dev.tollgate.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * One tenant's stream: a file of JSON lines, each with the MAC of the one before. One write for
 * what belongs together. {@link RandomAccessFile}, because a {@code FileChannel} is closed when the
 * writing thread is interrupted.
 */
final class AuditStream implements AutoCloseable {
  /** What stands before the first record. */
  static final String GENESIS = "genesis";

  private final String tenant;
  private final Mac mac;
  private final RandomAccessFile file;
  private final RecordWriter out = new RecordWriter();
  private final GroupSync sync;
  private long length;
  private long seq;
  private byte[] prev;
  private byte[] spare = new byte[AuditLine.MAC_LENGTH];
  private final byte[] digest = new byte[32];
  private boolean broken;

  private AuditStream(
      String tenant, AuditKeys keys, RandomAccessFile file, StreamTail tail, boolean disk)
      throws IOException {
    this.tenant = tenant;
    this.mac = keys.inUse().forTenant(tenant);
    this.file = file;
    this.length = file.length();
    this.seq = tail.seq();
    this.prev = tail.mac().getBytes(StandardCharsets.US_ASCII);
    this.sync = disk ? new GroupSync(file.getFD()) : GroupSync.none();
    file.seek(length);
  }

  static AuditStream open(Path path, String tenant, AuditKeys keys, Instant now, boolean disk)
      throws IOException, AuditException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      StreamTail tail = StreamTail.read(file, keys, tenant);
      AuditStream stream = new AuditStream(tenant, keys, file, tail, disk);
      AuditRecord opened = new AuditRecord.Opened(tail.torn());
      // The missing line break and the record in one write: a disk that fills up in between would
      // leave a line behind that nothing explains.
      stream.append(List.of(new AuditEntry(now, tenant, "", "", "", opened)), tail.open());
      return stream;
    } catch (IOException | AuditException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  void append(List<AuditEntry> entries) throws AuditException {
    append(entries, false);
  }

  private void append(List<AuditEntry> entries, boolean breakFirst) throws AuditException {
    long written;
    synchronized (this) {
      if (broken) {
        throw new AuditException(
            "the stream of " + tenant + " is closed, or broke earlier; restart to resume it");
      }
      long seqBefore = seq;
      byte[] prevBefore = prev;
      out.reset();
      try {
        if (breakFirst) {
          out.newLine();
        }
        for (int i = 0; i < entries.size(); i++) {
          line(entries.get(i));
        }
        file.write(out.buffer(), 0, out.size());
        length += out.size();
      } catch (IOException | RuntimeException e) {
        seq = seqBefore;
        prev = prevBefore;
        mac.reset();
        takeBack();
        throw new AuditException("the stream of " + tenant + " cannot be written", e);
      }
      boolean reusable = prevBefore != prev && prevBefore.length == spare.length;
      spare = reusable ? prevBefore : new byte[spare.length];
      written = length;
    }
    synced(written);
  }

  private void synced(long position) throws AuditException {
    try {
      sync.await(position);
    } catch (AuditException e) {
      synchronized (this) {
        broken = true; // after a failed sync the system may have dropped what it held
      }
      throw e;
    }
  }

  /** Takes no more records, so that the last head covers all of them. */
  synchronized void seal() {
    broken = true;
  }

  synchronized AuditHead head() {
    return new AuditHead(tenant, seq, new String(prev, StandardCharsets.US_ASCII));
  }

  private void line(AuditEntry entry) {
    int start = out.size();
    out.open()
        .field("v", 1)
        .field("seq", ++seq)
        .field("at", entry.at())
        .field("tenant", tenant)
        .field("task", entry.taskId())
        .field("call", entry.callId())
        .field("trace", entry.traceId())
        .field("kind", entry.record().kind());
    entry.record().write(out);
    out.field("prev", prev);
    mac.update(out.buffer(), start, out.size() - start);
    AuditLine.encode(sealed(), spare);
    prev = spare; // what stood before the first of these lines is kept, in case they are taken back
    out.raw(AuditLine.MAC_FIELD).raw(prev).raw("\"").close().newLine();
  }

  private byte[] sealed() {
    try {
      mac.doFinal(digest, 0);
      return digest;
    } catch (ShortBufferException e) {
      throw new IllegalStateException("HmacSHA256 has 32 bytes", e);
    }
  }

  /** Removes our own half-written bytes; what was written before stays. */
  private void takeBack() {
    try {
      file.setLength(length);
      file.seek(length);
    } catch (IOException e) {
      broken = true; // not known what stands there: nothing more is written behind it
    }
  }

  @Override
  public synchronized void close() throws IOException {
    broken = true;
    file.close();
  }
}
