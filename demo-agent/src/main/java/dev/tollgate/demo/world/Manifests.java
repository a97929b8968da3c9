package dev.tollgate.demo.world;

import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The manifests that ship with the demo, by name, and those of users, by file. */
public final class Manifests {
  private Manifests() {}

  private static final String OFFICE = "office";
  private static final List<String> SHIPPED = List.of("none", OFFICE, "traces");

  /** The names of those that ship. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHIPPED.iterator();
    }
  }

  /** The office's manifest, with the office's address in it. */
  public static ToolManifest office(URI office) throws IOException {
    String origin = office.toString().replaceAll("/$", "");
    return ToolManifest.parse(shipped(OFFICE).replace("${office}", origin), "office.yaml");
  }

  /**
   * A manifest by the name of a shipped one, or by its file.
   *
   * @throws IOException if it is neither
   */
  public static ToolManifest named(String nameOrFile) throws IOException {
    if (nameOrFile.equals("none")) {
      return ToolManifest.empty();
    }
    if (Files.isRegularFile(Path.of(nameOrFile))) {
      return ToolManifest.load(Path.of(nameOrFile));
    }
    if (nameOrFile.equals(OFFICE)) {
      return office(URI.create("http://127.0.0.1")); // no office runs: no credential is handed out
    }
    return ToolManifest.parse(shipped(nameOrFile), nameOrFile + ".yaml");
  }

  private static String shipped(String name) throws IOException {
    try (InputStream in =
        Manifests.class.getResourceAsStream("/dev/tollgate/demo/manifests/" + name + ".yaml")) {
      if (in == null) {
        throw new IOException(
            "no manifest '" + name + "': name a file, or one of " + String.join(", ", SHIPPED));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
