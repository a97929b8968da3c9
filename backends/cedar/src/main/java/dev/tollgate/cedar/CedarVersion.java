package dev.tollgate.cedar;

import dev.tollgate.policy.PolicyVersion;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads sets as versions that can be compared. */
final class CedarVersion {
  private CedarVersion() {}

  static PolicyVersion load(CedarPolicySet set, ToolManifest manifest, @Nullable Instant ends) {
    CedarPolicyDecisionPoint loaded = CedarPolicyDecisionPoint.load(set, manifest);
    List<PolicyVersion.Rule> rules =
        loaded.policies().policies().stream()
            .map(one -> new PolicyVersion.Rule(one.id(), one.forbid(), one.text()))
            .toList();
    return new PolicyVersion(loaded, rules, ends);
  }
}
