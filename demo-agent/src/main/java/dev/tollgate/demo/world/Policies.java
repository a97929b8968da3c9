package dev.tollgate.demo.world;

import dev.tollgate.cedar.CedarPolicyProvider;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
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
    return resource(name + ".cedar");
  }

  /** The test cases of a set that ships with the demo. */
  static String cases(String name) throws IOException {
    return resource(name + ".cases.yaml");
  }

  private static String resource(String file) throws IOException {
    try (InputStream in =
        Policies.class.getResourceAsStream("/dev/tollgate/demo/policies/" + file)) {
      if (in == null) {
        throw new IOException("no '" + file + "' in the demo");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The names of those that ship with Tollgate, for a description on the command line. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return CedarPolicySet.shippedNames().iterator();
    }
  }

  /** Shipped sets, with commas between their names, or a folder. */
  public static PolicyDecisionPoint named(String nameOrFolder, ToolManifest manifest) {
    String key =
        Files.isDirectory(Path.of(nameOrFolder)) ? "tollgate.policy.folder" : "tollgate.policy.set";
    return new CedarPolicyProvider().create(new Settings(Map.of(key, nameOrFolder)), manifest);
  }

  /** Shipped sets, with others that only speak beside them. */
  public static PolicyDecisionPoint shadowed(String sets, String shadow, ToolManifest manifest) {
    Map<String, String> keys =
        Map.of("tollgate.policy.set", sets, "tollgate.policy.shadow", shadow);
    return new CedarPolicyProvider().create(new Settings(keys), manifest);
  }
}
