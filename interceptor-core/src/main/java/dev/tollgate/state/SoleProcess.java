package dev.tollgate.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write to a file, by a lock on another one beside it. */
final class SoleProcess implements AutoCloseable {
  /**
   * The lock files of this process. POSIX drops all locks of a process on a file when any handle to
   * it is closed: a second open must fail before it touches the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final RandomAccessFile lock;

  private SoleProcess(Path path, RandomAccessFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the right.
   *
   * @throws IllegalStateException if somebody has it
   */
  static SoleProcess of(Path file) throws IOException {
    Path lock = Path.of(file + ".lock");
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      // Left by an earlier process, or held by one: the lock on it tells.
    }
    Path path = lock.toRealPath();
    if (!HELD.add(path)) {
      throw new IllegalStateException("state: another store of this process writes to " + file);
    }
    boolean taken = false;
    try {
      SoleProcess sole = new SoleProcess(path, lock(path, file));
      taken = true;
      return sole;
    } finally {
      if (!taken) {
        HELD.remove(path);
      }
    }
  }

  private static RandomAccessFile lock(Path path, Path file) throws IOException {
    RandomAccessFile lock = new RandomAccessFile(path.toFile(), "rw");
    boolean taken = false;
    try {
      taken = lock.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("state: this process holds the lock of " + file, e);
    } finally {
      if (!taken) {
        lock.close();
      }
    }
    if (!taken) {
      throw new IllegalStateException("state: another process writes to " + file);
    }
    return lock;
  }

  @Override
  public void close() throws IOException {
    lock.close();
    HELD.remove(path);
  }
}
