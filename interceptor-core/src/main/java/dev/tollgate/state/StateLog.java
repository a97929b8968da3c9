package dev.tollgate.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of a store in one file, each written before it happens. {@link RandomAccessFile},
 * because a {@code FileChannel} is closed when the writing thread is interrupted. Not thread-safe.
 */
final class StateLog implements AutoCloseable {
  static final String FIRST = "tollgate-state 1";

  private static final Logger log = LoggerFactory.getLogger(StateLog.class);
  private static final long COMPACT_AT_LEAST = 1 << 16;

  /** Opens a file for writing. */
  interface Opener {
    RandomAccessFile open(Path file) throws IOException;
  }

  /** Names every entry that the new file must hold. */
  interface Source {
    void to(Consumer<StateLine> out);
  }

  private final Path file;
  private final Opener opener;
  private LogTail tail;
  private long compactAt;
  private boolean refusing;

  private StateLog(Path file, Opener opener, LogTail tail) {
    this.file = file;
    this.opener = opener;
    this.tail = tail;
    this.compactAt = Math.max(COMPACT_AT_LEAST, 4 * tail.length());
  }

  /** Begins a file with what the source names, in place of the one that was there. */
  static StateLog begin(Path file, Opener opener, Source source) throws IOException {
    return new StateLog(file, opener, write(file, opener, source));
  }

  /**
   * Writes a change.
   *
   * @throws StateException if that failed; then the file does not hold it
   */
  void append(StateLine line) {
    check();
    LogTail longer = null;
    try {
      longer = tail.append(line.text());
      tail = longer;
    } catch (IOException e) {
      throw new StateException("cannot write to " + file, e);
    } finally {
      if (longer == null) {
        takeBack();
      }
    }
  }

  /**
   * Refuses when it is not known what the file holds.
   *
   * @throws StateException then
   */
  void check() {
    if (refusing) {
      throw new StateException("the store in " + file + " is closed, or broke; restart to resume");
    }
  }

  /** Writes a new file when most of this one is history. One that cannot be written is no harm. */
  void compactIfDue(Source source) {
    if (refusing || tail.length() < compactAt) {
      return;
    }
    try {
      LogTail old = tail;
      tail = write(file, opener, source);
      compactAt = Math.max(COMPACT_AT_LEAST, 4 * tail.length());
      old.out().close();
    } catch (IOException e) {
      compactAt = 2 * tail.length();
      log.warn("state: {} could not be compacted; it goes on growing", file, e);
    }
  }

  private static LogTail write(Path file, Opener opener, Source source) throws IOException {
    Path half = Path.of(file + ".new");
    Files.deleteIfExists(half);
    Files.createFile(
        half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    RandomAccessFile out = opener.open(half);
    try {
      LogTail written = LogTail.of(out, FIRST, source);
      out.getFD().sync(); // the new name must not be on the disk before the content
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } catch (IOException | RuntimeException e) {
      out.close();
      half.toFile().delete();
      throw e;
    }
  }

  /** Removes our own half-written bytes; what was written before stays. */
  private void takeBack() {
    try {
      tail.out().setLength(tail.length());
      tail.out().seek(tail.length());
    } catch (IOException e) {
      refusing = true; // not known what stands there: nothing more is written behind it
    }
  }

  @Override
  public void close() throws IOException {
    refusing = true;
    tail.out().close();
  }
}
