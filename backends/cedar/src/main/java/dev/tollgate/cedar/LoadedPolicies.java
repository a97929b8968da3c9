package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies that were checked against the tools they speak of, ready to decide. The decision point
 * asks them, and so do the tools for those who write policies. Immutable and thread-safe.
 */
public final class LoadedPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedPolicies.class);

  private final String name;
  private final List<LoadedPolicy> policies;
  private final ToolActions actions;
  private final PolicyIndex index;
  private final String revision;
  private final Verdict verdict;

  private LoadedPolicies(
      String name,
      List<LoadedPolicy> policies,
      ToolActions actions,
      PolicyIndex index,
      String revision) {
    this.name = name;
    this.policies = List.copyOf(policies);
    this.actions = actions;
    this.index = index;
    this.revision = revision;
    Map<String, Demands> demands = new HashMap<>();
    policies.forEach(policy -> demands.put(policy.id(), policy.demands()));
    this.verdict = new Verdict(revision, demands);
  }

  /**
   * Loads policies and checks them against the tools they speak of.
   *
   * @throws CedarPolicyException if a policy does not parse, or names a tool, an argument or an
   *     attribute that does not exist, or could never apply
   */
  public static LoadedPolicies load(CedarPolicySet set, ToolManifest manifest) {
    try {
      List<LoadedPolicy> policies = PolicyReader.read(set.sources());
      ToolActions actions = new ToolActions(manifest);
      return new LoadedPolicies(
          set.name(),
          policies,
          actions,
          new PolicyIndex(policies, actions),
          Revision.of(set.sources(), actions.all()));
    } catch (LinkageError e) {
      throw new CedarPolicyException(
          "Cedar's native library does not load here; it needs Linux with glibc, macOS or Windows,"
              + " on x86-64 or (not Windows) ARM64, and a temporary folder it may run code from",
          e);
    }
  }

  /** Decides; whatever goes wrong is a deny. */
  public Decision decide(Tool tool, Question question) {
    try {
      AuthorizationResponse answer = index.slice(tool).ask(question);
      if (answer.success.isEmpty()) {
        // Cedar's words may quote argument values, so they are not logged.
        LOG.error("Cedar refused to decide on a call of {}; the call is denied", tool.name());
      }
      return verdict.of(answer);
    } catch (CallContext.MismatchException e) {
      return deny(ReasonCode.ARGUMENT_TYPE_MISMATCH);
    } catch (CedarPolicyException e) {
      LOG.error("{}; the call is denied", e.getMessage());
      return deny(ReasonCode.POLICY_ERROR);
    } catch (AuthException | RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error(
          "Cedar failed on a call of {} with {}; the call is denied",
          tool.name(),
          e.getClass().getName());
      return deny(ReasonCode.POLICY_ERROR);
    }
  }

  /** A deny under this revision. */
  Decision deny(ReasonCode reason) {
    return verdict.deny(reason, List.of());
  }

  /** The policies, in the order of their files. */
  public List<PolicySummary> policies() {
    List<PolicySummary> all = new ArrayList<>();
    for (LoadedPolicy policy : policies) {
      Set<String> reads = new TreeSet<>();
      policy.reads().paths().forEach(path -> reads.add(path.toString()));
      all.add(
          new PolicySummary(
              policy.id(),
              policy.place(),
              policy.forbid(),
              actionsOf(policy),
              reads,
              policy.annotations(),
              policy.policy().policySrc));
    }
    return all;
  }

  private Set<String> actionsOf(LoadedPolicy policy) {
    Set<String> ids = new TreeSet<>();
    for (ToolAction action : actions.all()) {
      if (action.real() && policy.scope().covers(action)) {
        ids.add(action.id());
      }
    }
    return ids;
  }

  /** The id of a tool's action, as {@link PolicySummary#actions} has it. */
  public String actionOf(Tool tool) {
    return actions.of(tool).id();
  }

  /** A short digest of the policies and of the tools they were checked against. */
  public String revision() {
    return revision;
  }

  /** The set's name or folder. */
  public String name() {
    return name;
  }

  PolicyIndex index() {
    return index;
  }
}
