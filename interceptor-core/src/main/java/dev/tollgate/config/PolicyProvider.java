package dev.tollgate.config;

import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;

/** Makes a policy decision point from configuration. Found by {@link java.util.ServiceLoader}. */
public interface PolicyProvider {

  /** What {@code tollgate.policy.engine} calls it. */
  String name();

  /** The {@code tollgate.*} keys it reads. */
  Iterable<String> keys();

  /**
   * Makes the decision point.
   *
   * @throws RuntimeException if the policies do not load; the start fails with its message
   */
  PolicyDecisionPoint create(Settings settings, ToolManifest manifest);
}
