package dev.tollgate.demo.world;

import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where a run of the demo keeps keys, audit and outbox. Only a demo makes its own keys. */
public final class DemoFolder {
  private final Path root;

  private DemoFolder(Path root) {
    this.root = root;
  }

  /** A fresh folder; what an earlier run left there is removed. */
  public static DemoFolder fresh(Path root) throws IOException {
    if (Files.exists(root)) {
      if (!Files.exists(root.resolve("keys.jwks")) && !isEmpty(root)) {
        throw new IOException(root + " is not a folder of the demo; choose another with --folder");
      }
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(root);
    JwkFileKeySource.generate(root.resolve("keys.jwks"), "demo");
    return new DemoFolder(root);
  }

  /** A folder that an earlier run made. */
  public static DemoFolder existing(Path root) {
    return new DemoFolder(root);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  public KeySource keys() {
    return JwkFileKeySource.load(root.resolve("keys.jwks"));
  }

  public Path audit() {
    return root.resolve("audit");
  }

  public Path anchors() {
    return root.resolve("anchors");
  }

  public Path resolve(String name) {
    return root.resolve(name);
  }
}
