package dev.tollgate.cedar;

import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides with Cedar, in this process. The principal is the agent with its groups, the action is
 * the tool in the groups of its effect and its source, the resource is the tool's destination, and
 * the rest is context. Immutable and thread-safe.
 */
public final class CedarPolicyDecisionPoint implements PolicyDecisionPoint {
  static final String NAME = "cedar";
  private static final Logger LOG = LoggerFactory.getLogger(CedarPolicyDecisionPoint.class);

  private final LoadedPolicies policies;

  private CedarPolicyDecisionPoint(LoadedPolicies policies) {
    this.policies = policies;
  }

  /**
   * Loads policies and checks them against the tools they speak of.
   *
   * @throws CedarPolicyException if a policy does not parse, or names a tool, an argument or an
   *     attribute that does not exist, or could never apply
   */
  public static CedarPolicyDecisionPoint load(CedarPolicySet set, ToolManifest manifest) {
    LoadedPolicies policies = LoadedPolicies.load(set, manifest);
    LOG.info(
        "Cedar policies {}: {} in force, revision {}",
        policies.name(),
        policies.policies().size(),
        policies.revision());
    return new CedarPolicyDecisionPoint(policies);
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    List<Decision> decisions = new ArrayList<>(requests.size());
    for (PolicyRequest request : requests) {
      decisions.add(decide(request));
    }
    return decisions;
  }

  private Decision decide(PolicyRequest request) {
    Tool tool = request.tool();
    if (tool.standing() == Tool.Standing.UNKNOWN) {
      return policies.deny(ReasonCode.TOOL_UNKNOWN);
    }
    if (request.task().caller() == null) {
      return policies.deny(ReasonCode.SUBJECT_MISSING);
    }
    return policies.decide(tool, Question.of(request));
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    if (tool.standing() == Tool.Standing.UNKNOWN || task.caller() == null) {
      return true; // a call says what is wrong
    }
    PolicyRequest nothingYet =
        new PolicyRequest("", task, tool, JsonValue.object(Map.of()), Instant.EPOCH);
    MaskedAnswer answer = policies.decide(tool, Question.of(nothingYet), BeforeAnyCall.INSTANCE);
    return !(answer instanceof MaskedAnswer.Known known
        && known.decision() instanceof Decision.Deny deny
        && deny.reason() != ReasonCode.POLICY_ERROR); // that has to show
  }

  @Override
  public void listen(PolicyListener listener) {
    policies.listen(listener);
  }

  @Override
  public String revision() {
    return policies.revision();
  }

  LoadedPolicies policies() {
    return policies;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** For tests: what a call of the tool would be decided with. */
  Slice slice(Tool tool) {
    return policies.index().slice(tool);
  }

  int slices() {
    return policies.index().size();
  }
}
