package dev.tollgate.cli.io;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.config.Settings;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policy sets and manifests that can be named on a command line. This is what ships and what
 * lies in files; a program that offers the commands as its own may put more on it.
 */
public interface Shelf {
  /**
   * A manifest by its file.
   *
   * @throws IOException if there is none
   */
  default ToolManifest manifest(String file) throws IOException {
    return ToolManifest.load(Path.of(file));
  }

  /** The manifest to take if none is named; {@code null} if there is none. */
  default @Nullable String defaultManifest() {
    return Settings.load().find("tollgate.manifest");
  }

  /**
   * The manifest to hold a set against: the named one, else the one that lies beside the set, else
   * the default one, else one that lists nothing.
   *
   * @throws IOException if the named one is not there
   */
  default ToolManifest manifestFor(CedarPolicySet set, @Nullable String named) throws IOException {
    ToolManifest beside = named == null ? set.manifest() : null;
    if (beside != null) {
      return beside;
    }
    String file = named == null ? defaultManifest() : named;
    return file == null ? ToolManifest.empty() : manifest(file);
  }

  /** A policy set by the name of one that ships, or by its folder; {@code ./name} is a folder. */
  default CedarPolicySet set(String nameOrFolder) throws IOException {
    return CedarPolicySet.shippedNames().contains(nameOrFolder)
        ? CedarPolicySet.shipped(nameOrFolder)
        : CedarPolicySet.folder(Path.of(nameOrFolder));
  }

  /** The sets to take if none is named: those that ship, and the folder that is configured. */
  default List<String> defaultSets() {
    TreeSet<String> sets = new TreeSet<>(CedarPolicySet.shippedNames());
    String folder = Settings.load().find("tollgate.policy.folder");
    if (folder != null) {
      sets.add(folder);
    }
    return List.copyOf(sets);
  }
}
