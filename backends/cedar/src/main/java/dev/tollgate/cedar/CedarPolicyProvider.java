package dev.tollgate.cedar;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.PolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.util.List;

/** Makes the Cedar decision point from {@code tollgate.policy.*}. */
public final class CedarPolicyProvider implements PolicyProvider {
  private static final String SET = "tollgate.policy.set";
  private static final String FOLDER = "tollgate.policy.folder";

  @Override
  public String name() {
    return CedarPolicyDecisionPoint.NAME;
  }

  @Override
  public Iterable<String> keys() {
    return List.of(SET, FOLDER);
  }

  @Override
  public PolicyDecisionPoint create(Settings settings, ToolManifest manifest) {
    return CedarPolicyDecisionPoint.load(chosen(settings), manifest);
  }

  private static CedarPolicySet chosen(Settings settings) {
    String set = settings.find(SET);
    boolean folder = settings.find(FOLDER) != null;
    String shipped = String.join(", ", CedarPolicySet.shippedNames());
    if (set == null && !folder) {
      throw new ConfigurationException(
          SET, "is not set, nor is " + FOLDER + "; shipped sets are " + shipped);
    }
    if (set != null && folder) {
      throw new ConfigurationException(SET, "and " + FOLDER + " are both set; choose one");
    }
    if (set == null) {
      return CedarPolicySet.folder(settings.path(FOLDER));
    }
    if (!CedarPolicySet.shippedNames().contains(set)) {
      throw new ConfigurationException(
          SET, "names no shipped set: '" + set + "'; there are " + shipped);
    }
    return CedarPolicySet.shipped(set);
  }
}
