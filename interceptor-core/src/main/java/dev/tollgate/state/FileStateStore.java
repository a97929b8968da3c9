package dev.tollgate.state;

import dev.tollgate.GateClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for one process that the next one finds again: every change is in a file before its
 * operation returns, and one that could not be written did not happen. The operating system has it
 * then: it survives the process, but the last seconds may not survive the machine. All of it is
 * also in memory. Values are written as they are given: what is secret must be sealed before.
 *
 * <p>What an entry has left to live survives too, counted by the wall clock while nobody runs, and
 * is never more than it was: a clock that was set back in between does not prolong it beyond that.
 * Topics reach this process only. Thread-safe; an interrupt harms nothing.
 */
public final class FileStateStore implements StateStore {
  private static final Logger log = LoggerFactory.getLogger(FileStateStore.class);

  private final GateClock clock;
  private final StateTable table;
  private final StateLog changes;
  private final SoleProcess sole;
  private final Topics topics = new Topics();
  private boolean closed;

  private FileStateStore(Path file, GateClock clock, StateLog.Opener opener, SoleProcess sole)
      throws IOException {
    this.clock = clock;
    this.sole = sole;
    this.table = new StateTable(clock, new Writing());
    if (!Files.notExists(file)) { // one that cannot be seen must not be replaced
      long now = clock.now().toEpochMilli();
      StateReplay.run(file, change -> restore(change, now));
    }
    this.changes = StateLog.begin(file, opener, this::live);
  }

  /**
   * Opens the file, or begins one that only its owner may read. It is written anew beside itself
   * and moved, so the folder must be writable too.
   *
   * @throws IllegalStateException if it cannot be used, another store writes to it, or a line in it
   *     is damaged; the message names file, line and remedy. An unfinished last line is cut off
   */
  public static FileStateStore open(Path file, GateClock clock) {
    return open(file, clock, path -> new RandomAccessFile(path.toFile(), "rw"));
  }

  static FileStateStore open(Path file, GateClock clock, StateLog.Opener opener) {
    SoleProcess sole = null;
    FileStateStore store = null;
    try {
      Path absolute = file.toAbsolutePath();
      Path folder = absolute.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path real = Files.notExists(absolute) ? absolute : absolute.toRealPath();
      sole = SoleProcess.of(Path.of(real + ".lock"), "state", real);
      store = new FileStateStore(real, clock, opener, sole);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException(
          "state: cannot read and write " + file + " and its folder; free space, or set another",
          e);
    } finally {
      if (store == null && sole != null) {
        closeQuietly(sole);
      }
    }
  }

  @Override
  public synchronized boolean putIfAbsent(StateKey key, String value, Duration life) {
    changes.check();
    boolean put = table.putIfAbsent(key, value, life);
    changes.compactIfDue(this::live);
    return put;
  }

  @Override
  public synchronized Optional<String> get(StateKey key) {
    changes.check();
    return table.get(key);
  }

  @Override
  public synchronized Map<String, String> list(String tenant, String room) {
    changes.check();
    return table.list(tenant, room);
  }

  @Override
  public synchronized boolean replace(StateKey key, String expected, String value) {
    changes.check();
    boolean replaced = table.replace(key, expected, value);
    changes.compactIfDue(this::live);
    return replaced;
  }

  @Override
  public synchronized boolean remove(StateKey key, String expected) {
    changes.check();
    boolean removed = table.remove(key, expected);
    changes.compactIfDue(this::live);
    return removed;
  }

  @Override
  public synchronized OptionalLong add(StateKey key, long delta, long limit, Duration life) {
    changes.check();
    OptionalLong sum = table.add(key, delta, limit, life);
    changes.compactIfDue(this::live);
    return sum;
  }

  @Override
  public void publish(String topic, String message) {
    topics.publish(topic, message);
  }

  @Override
  public Subscription subscribe(String topic, Consumer<String> listener) {
    return topics.subscribe(topic, listener);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    topics.clear();
    closeQuietly(changes);
    closeQuietly(sole);
  }

  private void restore(StateLine change, long now) {
    long left = change.leftAt(now);
    String value = change.value();
    if (value == null || left <= 0) {
      table.forget(change.key());
    } else {
      table.restore(change.key(), value, left);
    }
  }

  private void live(Consumer<StateLine> out) {
    long now = clock.now().toEpochMilli();
    table.forEachLive((key, value, life) -> out.accept(new StateLine(key, value, now, life)));
  }

  /** What the table changes is written first. */
  private final class Writing implements StateTable.Journal {
    @Override
    public void put(StateKey key, String value, long lifeNanos) {
      changes.append(new StateLine(key, value, clock.now().toEpochMilli(), lifeNanos));
    }

    @Override
    public void remove(StateKey key) {
      changes.append(new StateLine(key, null, clock.now().toEpochMilli(), 0));
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("state: closing failed", e);
    }
  }
}
