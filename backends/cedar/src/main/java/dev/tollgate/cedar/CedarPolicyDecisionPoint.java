package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.HashMap;
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

  private final PolicyIndex index;
  private final String revision;
  private final Verdict verdict;

  private CedarPolicyDecisionPoint(PolicyIndex index, String revision, Verdict verdict) {
    this.index = index;
    this.revision = revision;
    this.verdict = verdict;
  }

  /**
   * Loads policies and checks them against the tools they speak of.
   *
   * @throws CedarPolicyException if a policy does not parse, or names a tool, an argument or an
   *     attribute that does not exist, or could never apply
   */
  public static CedarPolicyDecisionPoint load(CedarPolicySet set, ToolManifest manifest) {
    try {
      return checked(set, manifest);
    } catch (LinkageError e) {
      throw new CedarPolicyException(
          "Cedar's native library does not load here; it needs Linux with glibc, macOS or Windows,"
              + " on x86-64 or (not Windows) ARM64, and a temporary folder it may run code from",
          e);
    }
  }

  private static CedarPolicyDecisionPoint checked(CedarPolicySet set, ToolManifest manifest) {
    List<LoadedPolicy> policies = PolicyReader.read(set.sources());
    PolicyIndex index = new PolicyIndex(policies, manifest);
    Map<String, Demands> demands = new HashMap<>();
    policies.forEach(policy -> demands.put(policy.id(), policy.demands()));
    String revision = Revision.of(set.sources(), new ToolActions(manifest).all());
    LOG.info("Cedar policies {}: {} in force, revision {}", set.name(), policies.size(), revision);
    return new CedarPolicyDecisionPoint(index, revision, new Verdict(revision, demands));
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
      return verdict.deny(ReasonCode.TOOL_UNKNOWN, List.of());
    }
    if (request.task().caller() == null) {
      return verdict.deny(ReasonCode.SUBJECT_MISSING, List.of());
    }
    try {
      AuthorizationResponse answer = index.slice(tool).ask(request);
      if (answer.success.isEmpty()) {
        // Cedar's words may quote argument values, so they are not logged.
        LOG.error("Cedar refused to decide on a call of {}; the call is denied", tool.name());
      }
      return verdict.of(answer);
    } catch (CallContext.MismatchException e) {
      return verdict.deny(ReasonCode.ARGUMENT_TYPE_MISMATCH, List.of());
    } catch (CedarPolicyException e) {
      LOG.error("{}; the call is denied", e.getMessage());
      return verdict.deny(ReasonCode.POLICY_ERROR, List.of());
    } catch (AuthException | RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error(
          "Cedar failed on a call of {} with {}; the call is denied",
          tool.name(),
          e.getClass().getName());
      return verdict.deny(ReasonCode.POLICY_ERROR, List.of());
    }
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** For tests: what a call of the tool would be decided with. */
  Slice slice(Tool tool) {
    return index.slice(tool);
  }

  int slices() {
    return index.size();
  }
}
