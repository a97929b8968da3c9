package dev.tollgate.demo.world;

import dev.tollgate.cedar.CedarPolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Cedar policies, by the name of a shipped set or by folder. */
public final class Policies {
  private Policies() {}

  /** A set that ships with the demo, written to a folder of the run. */
  public static Path shipped(String name, DemoFolder folder) throws IOException {
    Path set = Files.createDirectories(folder.resolve("policies-" + name));
    Files.writeString(set.resolve(name + ".cedar"), text(name));
    return set;
  }

  /** The text of a set that ships with the demo. */
  static String text(String name) throws IOException {
    try (InputStream in =
        Policies.class.getResourceAsStream("/dev/tollgate/demo/policies/" + name + ".cedar")) {
      if (in == null) {
        throw new IOException("no policies '" + name + "' in the demo");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static PolicyDecisionPoint named(String nameOrFolder, ToolManifest manifest) {
    String key =
        Files.isDirectory(Path.of(nameOrFolder)) ? "tollgate.policy.folder" : "tollgate.policy.set";
    return new CedarPolicyProvider().create(new Settings(Map.of(key, nameOrFolder)), manifest);
  }
}
