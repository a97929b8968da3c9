package dev.tollgate.demo.office;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Every request that reached the office, refused ones too. It holds no token. Thread-safe. */
public final class OfficeAccessLog {
  /**
   * One request.
   *
   * @param audience the audience that the path demands; null for a path that does not exist
   * @param scope the scope that the path demands; null for a path that does not exist
   * @param jti the id of the token; null if none came or it is not active
   * @param status the answer
   */
  public record Entry(
      String method,
      String path,
      @Nullable String audience,
      @Nullable String scope,
      @Nullable String jti,
      int status) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** All entries, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public void clear() {
    entries.clear();
  }

  void add(Entry entry) {
    entries.add(entry);
  }
}
