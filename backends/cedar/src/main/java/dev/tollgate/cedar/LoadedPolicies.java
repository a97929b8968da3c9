package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.tollgate.json.Shown;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies that were checked against the tools they speak of, ready to decide. The decision point
 * asks them, and so do the tools for those who write policies. Thread-safe; decides the same for
 * ever.
 */
public final class LoadedPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedPolicies.class);

  private final String name;
  private final List<LoadedPolicy> policies;
  private final ToolActions actions;
  private final PolicyIndex index;
  private final String revision;
  private final Verdict verdict;
  private final MaskedDecisions maskedDecisions;
  private final ConditionProbes probes;
  private volatile PolicyListener listener = PolicyListener.NONE;

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
    Map<String, String> reasons = new HashMap<>();
    for (LoadedPolicy policy : policies) {
      demands.put(policy.id(), policy.demands());
      String reason = policy.annotations().get("reason");
      if (reason != null && !reason.isBlank()) {
        reasons.put(policy.id(), reason);
      }
    }
    this.verdict = new Verdict(revision, demands, reasons);
    this.maskedDecisions = new MaskedDecisions(this.policies, actions, verdict);
    this.probes = new ConditionProbes(this.policies);
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
      AuthorizationResponse answer = ask(tool, question);
      if (answer.success.isEmpty()) {
        // Cedar's words may quote argument values, so they are not logged.
        LOG.error(
            "Cedar refused to decide on a call of {}; the call is denied", Shown.text(tool.name()));
      }
      return verdict.of(answer);
    } catch (ArgumentValues.MismatchException e) {
      return deny(ReasonCode.ARGUMENT_TYPE_MISMATCH);
    } catch (CedarPolicyException e) {
      LOG.error("{}; the call is denied", Shown.text(String.valueOf(e.getMessage())));
      return deny(ReasonCode.POLICY_ERROR);
    } catch (AuthException | RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error(
          "Cedar failed on a call of {} with {}; the call is denied",
          Shown.text(tool.name()),
          e.getClass().getName());
      return deny(ReasonCode.POLICY_ERROR);
    }
  }

  /**
   * Decides on a question of which not everything is known, or says what it depends on.
   *
   * @throws CedarPolicyException if Cedar gives no answer, or does not know the tool
   */
  public MaskedAnswer decide(Tool tool, Question question, Masked masked) {
    return maskedDecisions.decide(tool, question, masked);
  }

  /** Which conditions of the policies that can apply to a tool hold for a question. */
  public List<ConditionTruth> conditions(Tool tool, Question question) {
    return probes.of(actions.of(tool), question);
  }

  /** The policies that can apply to a tool: id and text. */
  public Map<String, String> policiesFor(Tool tool) {
    ToolAction action = actions.of(tool);
    Map<String, String> texts = new TreeMap<>();
    for (LoadedPolicy policy : policies) {
      if (policy.scope().covers(action)) {
        texts.put(policy.id(), policy.policy().policySrc);
      }
    }
    return texts;
  }

  /** What an {@code @obligation} demands, besides an approval. */
  public static List<Obligation> demanded(String annotation) {
    return Demands.parse(annotation).obligations();
  }

  /** What Cedar lost is made anew, once; it is never asked in the slow way that needs no cache. */
  private AuthorizationResponse ask(Tool tool, Question question)
      throws AuthException, ArgumentValues.MismatchException {
    Slice slice = index.slice(tool);
    try {
      return slice.ask(question);
    } catch (Slice.LostException e) {
      LOG.warn(
          "Cedar lost its policies for calls of {}; they are made anew", Shown.text(tool.name()));
      listener.cacheLost(tool.name());
    }
    try {
      return index.renew(tool, slice).ask(question);
    } catch (Slice.LostException e) {
      throw new CedarPolicyException(
          "Cedar lost its policies for calls of " + tool.name() + " twice in a row", e);
    }
  }

  /** Who is told when Cedar lost what it kept. */
  void listen(PolicyListener listener) {
    this.listener = listener;
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
      policy.reads().paths().forEach(path -> reads.add(path.top()));
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

  /** The same of an entry of the manifest that they were checked against. */
  public String actionOf(ListedTool tool) {
    return actions.id(tool);
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
