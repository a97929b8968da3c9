package dev.tollgate.cli.io;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.author.PolicySuite;
import dev.tollgate.config.Settings;
import dev.tollgate.tool.ToolLock;
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

  /**
   * The manifest to take if none is named, with the lock that belongs to it; {@code null} if there
   * is none.
   *
   * @throws IOException if it cannot be read
   */
  default @Nullable ToolManifest defaultManifest() throws IOException {
    Settings settings = Settings.load();
    if (settings.find("tollgate.manifest") == null) {
      return null;
    }
    ToolManifest manifest = ToolManifest.load(settings.path("tollgate.manifest"));
    return settings.find("tollgate.tools-lock") == null
        ? manifest
        : manifest.locked(ToolLock.load(settings.path("tollgate.tools-lock")));
  }

  /** A policy set by the name of one that ships, or by its folder; {@code ./name} is a folder. */
  default CedarPolicySet set(String nameOrFolder) throws IOException {
    return CedarPolicySet.ships(nameOrFolder)
        ? CedarPolicySet.shipped(nameOrFolder)
        : CedarPolicySet.folder(Path.of(nameOrFolder));
  }

  /**
   * A policy set and its cases, by the same names.
   *
   * @param manifest for cases of a folder that name none; {@code null} for the one beside it
   * @param lock what may run, for cases of a folder; {@code null} if that is anything
   * @throws IOException if something cannot be read
   */
  default PolicySuite suite(
      String nameOrFolder, @Nullable ToolManifest manifest, @Nullable ToolLock lock)
      throws IOException {
    return CedarPolicySet.shippedNames().contains(nameOrFolder)
        ? PolicySuite.shipped(nameOrFolder)
        : PolicySuite.folder(Path.of(nameOrFolder), manifest, lock);
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
