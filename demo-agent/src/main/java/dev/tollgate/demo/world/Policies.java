package dev.tollgate.demo.world;

import dev.tollgate.cedar.CedarPolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Cedar policies, by the name of a shipped set or by folder. */
public final class Policies {
  private Policies() {}

  public static PolicyDecisionPoint named(String nameOrFolder, ToolManifest manifest) {
    String key =
        Files.isDirectory(Path.of(nameOrFolder)) ? "tollgate.policy.folder" : "tollgate.policy.set";
    return new CedarPolicyProvider().create(new Settings(Map.of(key, nameOrFolder)), manifest);
  }
}
