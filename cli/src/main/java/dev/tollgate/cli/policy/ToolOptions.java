package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cli.io.Shelf;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The tools that policies are held against. */
final class ToolOptions {
  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "the tools; else <name>.manifest.yaml beside a set and tollgate.manifest, of which"
              + " check and test take the first, explain and diff the second")
  @Nullable String manifest;

  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description =
          "the lock: what is not in it counts as a gate counts it, and policies may read all"
              + " arguments that its schemas have; else tollgate.tools-lock, with tollgate.manifest")
  @Nullable Path lock;

  /** For what is decided here: the named one, else the one beside the set, else the default one. */
  ToolManifest beside(Shelf shelf, CedarPolicySet set) throws IOException {
    ToolManifest named = named(shelf);
    ToolManifest found = named == null ? set.manifest() : named;
    ToolManifest usual = found == null ? shelf.defaultManifest() : found;
    return locked(usual == null ? ToolManifest.empty() : usual);
  }

  /**
   * For what a gate decided: the named one, else the default one, else the one beside the set. What
   * lies beside a set is for its tests; no gate has read it.
   */
  ToolManifest recorded(Shelf shelf, CedarPolicySet set) throws IOException {
    ToolManifest usual = manifest == null ? shelf.defaultManifest() : null;
    return usual == null ? beside(shelf, set) : locked(usual);
  }

  /** The named one, {@code null} if none is. */
  @Nullable ToolManifest named(Shelf shelf) throws IOException {
    return manifest == null ? null : shelf.manifest(manifest);
  }

  /** The lock that is named, {@code null} if none is. */
  @Nullable ToolLock lock() {
    return lock == null ? null : ToolLock.load(lock);
  }

  private ToolManifest locked(ToolManifest found) {
    ToolLock named = lock();
    return named == null ? found : found.locked(named);
  }
}
