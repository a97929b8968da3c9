package dev.tollgate.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that people have reviewed, word for word: {@code tools.lock}. With a lock, a tool
 * that it does not hold never runs, nor does one whose definition has changed since. Immutable.
 */
public final class ToolLock {
  private static final Comparator<ToolDefinition> ORDER =
      Comparator.comparing(ToolDefinition::name).thenComparing(ToolDefinition::source);

  private final Map<Key, Locked> tools = new TreeMap<>();

  private ToolLock(Collection<ToolDefinition> definitions) {
    for (ToolDefinition one : definitions) {
      Key key = new Key(one.name(), one.source());
      if (tools.put(key, new Locked(one, one.digest())) != null) {
        throw new IllegalArgumentException("the same name and source twice");
      }
    }
  }

  /**
   * Locks these definitions.
   *
   * @throws IllegalArgumentException if a name stands twice with the same source
   */
  public static ToolLock of(Collection<ToolDefinition> definitions) {
    return new ToolLock(definitions);
  }

  /**
   * Loads a lock.
   *
   * @throws ManifestException with file and line, if it does not parse, or if a digest in it is not
   *     that of the definition beside it
   */
  public static ToolLock load(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new ManifestException(
          file.toString(), 0, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Parses a lock.
   *
   * @param origin the file's name, for messages
   */
  public static ToolLock parse(String yaml, String origin) {
    return new ToolLock(LockText.read(yaml, origin));
  }

  /** The file, sorted by name and source: what did not change stays where it was. */
  public String text() {
    return LockText.write(definitions());
  }

  /** The definitions, sorted by name and source. */
  public List<ToolDefinition> definitions() {
    return tools.values().stream().map(Locked::definition).toList();
  }

  /** What was locked of a name and source, {@code null} if nothing was. */
  public @Nullable ToolDefinition find(String name, String source) {
    Locked found = tools.get(new Key(name, source));
    return found == null ? null : found.definition;
  }

  @Nullable String digest(ToolDefinition registered) {
    Locked found = tools.get(new Key(registered.name(), registered.source()));
    return found == null ? null : found.digest;
  }

  static List<ToolDefinition> sorted(Collection<ToolDefinition> tools) {
    return tools.stream().sorted(ORDER).toList();
  }

  private record Key(String name, String source) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byName = name.compareTo(other.name);
      return byName == 0 ? source.compareTo(other.source) : byName;
    }
  }

  private record Locked(ToolDefinition definition, String digest) {}
}
