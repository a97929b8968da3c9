package dev.tollgate.tool;

import dev.tollgate.destination.TrustZones;
import dev.tollgate.yaml.YamlPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tools do, written by people who answer for them. Immutable. */
public final class ToolManifest {
  private final List<ListedTool> tools;
  private final TrustZones zones;
  private final @Nullable ToolLock lock;

  public ToolManifest(List<ListedTool> tools, TrustZones zones) {
    this(tools, zones, null);
  }

  private ToolManifest(List<ListedTool> tools, TrustZones zones, @Nullable ToolLock lock) {
    this.tools = List.copyOf(tools);
    this.zones = zones;
    this.lock = lock;
  }

  /** A manifest without trust zones. */
  public ToolManifest(List<ListedTool> tools) {
    this(tools, TrustZones.NONE);
  }

  /** A manifest that lists nothing: every tool counts as most dangerous. */
  public static ToolManifest empty() {
    return new ToolManifest(List.of());
  }

  /**
   * Loads a manifest from YAML ({@code docs/manifest.md}).
   *
   * @throws ManifestException if it does not parse, has a key or a value it should not, or lists a
   *     tool twice
   */
  public static ToolManifest load(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new ManifestException(
          file.toString(), 0, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Parses a manifest.
   *
   * @param origin the file's name, for messages
   */
  public static ToolManifest parse(String yaml, String origin) {
    return new ManifestReader(origin).read(yaml);
  }

  /** Reads a manifest that stands within another file. */
  public static ToolManifest read(YamlPlace at) {
    return ManifestReader.read(at);
  }

  /** The entries, in the order of the file. */
  public List<ListedTool> tools() {
    return tools;
  }

  /** Which places are trusted how far. */
  public TrustZones zones() {
    return zones;
  }

  /**
   * The same manifest, where only the definitions of a lock may run.
   *
   * @throws ManifestException if the manifest pins another definition than the lock holds
   */
  public ToolManifest locked(ToolLock to) {
    return new ToolManifest(tools.stream().map(tool -> tool.locked(to)).toList(), zones, to);
  }

  /** The lock, {@code null} if there is none. */
  public @Nullable ToolLock lock() {
    return lock;
  }

  /** What the gate knows of a registered tool. One that is not listed counts as most dangerous. */
  public Tool describe(ToolDefinition definition) {
    ListedTool found = null;
    for (ListedTool tool : tools) {
      // An entry for the very source comes before one for any, wherever they stand.
      if (tool.describes(definition) && (found == null || tool.source() != null)) {
        found = tool;
      }
    }
    Tool tool = found == null ? Tool.unlisted(definition) : found.as(definition);
    if (lock == null) {
      return tool;
    }
    String digest = lock.digest(definition);
    return digest == null ? Tool.unlocked(definition) : tool.pinned(digest);
  }
}
