package dev.tollgate.demo.office;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Every request that reached the office, refused ones too. It holds no token. Thread-safe. */
public final class OfficeAccessLog {
  /**
   * One request.
   *
   * @param audience the audience that the path demands; null for a path that does not exist
   * @param scope the scope that the path demands; null for a path that does not exist
   * @param jti the id of the token; null if none came or it is not active
   * @param actor who acts with it for its subject; null if it names nobody
   * @param status the answer
   */
  public record Entry(
      String method,
      String path,
      @Nullable String audience,
      @Nullable String scope,
      @Nullable String jti,
      @Nullable String actor,
      int status) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final AtomicInteger working = new AtomicInteger();

  /** All entries, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * All entries, when the requests that the office works on now are done; 5 s are waited at most.
   */
  public List<Entry> entriesWhenDone() {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (working.get() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    return entries();
  }

  public void clear() {
    entries.clear();
  }

  void begin() {
    working.incrementAndGet();
  }

  void end(Entry entry) {
    entries.add(entry);
    working.decrementAndGet();
  }
}
