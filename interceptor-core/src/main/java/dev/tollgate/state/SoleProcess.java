package dev.tollgate.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write somewhere, by a lock on a file there. For the gate's own rooms. */
public final class SoleProcess implements AutoCloseable {
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
   * @param lock the file to lock, made if it is not there
   * @param room whose it is, for messages
   * @param what what is written to, for messages
   * @throws IllegalStateException if somebody has it
   */
  public static SoleProcess of(Path lock, String room, Path what) throws IOException {
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      // Left by an earlier process, or held by one: the lock on it tells.
    }
    Path path = lock.toRealPath();
    if (!HELD.add(path)) {
      throw new IllegalStateException(room + ": this process writes to " + what + " already");
    }
    boolean taken = false;
    try {
      SoleProcess sole = new SoleProcess(path, take(path, room, what));
      taken = true;
      return sole;
    } finally {
      if (!taken) {
        HELD.remove(path);
      }
    }
  }

  private static RandomAccessFile take(Path path, String room, Path what) throws IOException {
    RandomAccessFile lock = new RandomAccessFile(path.toFile(), "rw");
    boolean taken = false;
    try {
      taken = lock.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException(room + ": this process holds the lock of " + what, e);
    } finally {
      if (!taken) {
        lock.close();
      }
    }
    if (!taken) {
      throw new IllegalStateException(room + ": another process writes to " + what);
    }
    return lock;
  }

  @Override
  public void close() throws IOException {
    lock.close();
    HELD.remove(path);
  }
}
