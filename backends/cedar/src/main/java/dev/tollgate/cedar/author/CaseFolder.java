package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cases beside the policies of a folder. */
final class CaseFolder {
  private CaseFolder() {}

  static PolicySuite suite(Path folder, @Nullable ToolManifest manifest, @Nullable ToolLock lock) {
    CedarPolicySet set = CedarPolicySet.folder(folder);
    List<CaseFile> files = new ArrayList<>();
    for (Path file : files(folder)) {
      files.add(
          CaseReader.read(
              text(file),
              file.toString(),
              set,
              name -> locked(manifest(set, file, manifest, name), lock)));
    }
    return new PolicySuite(folder.toString(), files);
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>(named(folder, ".cases.yaml"));
    if (Files.isDirectory(folder.resolve("tests"))) {
      for (Path file : named(folder.resolve("tests"), ".yaml")) {
        if (!file.toString().endsWith(".manifest.yaml")) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static @Nullable ToolManifest manifest(
      CedarPolicySet set, Path file, @Nullable ToolManifest given, @Nullable String name) {
    if (name != null) {
      return ToolManifest.load(file.resolveSibling(name));
    }
    return given == null ? set.manifest() : given;
  }

  private static @Nullable ToolManifest locked(
      @Nullable ToolManifest manifest, @Nullable ToolLock lock) {
    return manifest == null || lock == null ? manifest : manifest.locked(lock);
  }

  private static List<Path> named(Path folder, String suffix) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new CaseFileException(folder.toString(), "cannot be read", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CaseFileException(file.toString(), "cannot be read as UTF-8", e);
    }
  }
}
