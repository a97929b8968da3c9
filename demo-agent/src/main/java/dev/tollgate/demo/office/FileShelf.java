package dev.tollgate.demo.office;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The user's text files, by name. Thread-safe. */
public final class FileShelf {
  private final Map<String, String> files;

  FileShelf(Map<String, String> files) {
    this.files = new ConcurrentHashMap<>(files);
  }

  public SortedSet<String> names() {
    return new TreeSet<>(files.keySet());
  }

  public Optional<String> read(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** Returns whether the file is new. */
  boolean write(String name, String content) {
    return files.put(name, content) == null;
  }
}
