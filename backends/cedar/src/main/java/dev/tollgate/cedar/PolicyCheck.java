package dev.tollgate.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.ValidationResponse.ValidationError;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks policies against the tools. Cedar finds unknown tools, unguarded and ill-typed arguments;
 * for {@code context.args has amuont} it only warns that the policy never applies. So names are
 * checked here first, and its warnings count as errors: a forbid that never applies is no forbid.
 */
final class PolicyCheck {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyCheck.class);

  private final List<ToolAction> actions;
  private final Set<String> actionIds = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  private PolicyCheck(List<ToolAction> actions) {
    this.actions = actions;
    for (ToolAction action : actions) {
      actionIds.addAll(action.groups());
      if (action.real()) {
        actionIds.add(action.id());
      }
    }
  }

  /**
   * @throws CedarPolicyException if a policy is wrong; it names all that are
   */
  static void check(List<LoadedPolicy> policies, List<ToolAction> actions) {
    PolicyCheck check = new PolicyCheck(actions);
    policies.forEach(check::names);
    if (check.problems.isEmpty()) {
      check.validate(policies);
    }
    if (!check.problems.isEmpty()) {
      throw new CedarPolicyException(check.problems);
    }
  }

  private void names(LoadedPolicy policy) {
    for (String id : policy.scope().ids()) {
      if (!actionIds.contains(id)) {
        add(policy, id, "there is no tool or group Action::\"%s\"", actionIds);
        return;
      }
    }
    List<ToolAction> covered = actions.stream().filter(policy.scope()::covers).toList();
    for (ContextReads.Path path : policy.reads().paths()) {
      List<PolicyAttribute> members = AttributeCatalogue.BY_RECORD.get(path.attribute());
      String member = path.member();
      if (path.attribute().equals(AttributeCatalogue.ARGUMENTS)) {
        ArgumentCheck.problem(path, covered).ifPresent(found -> add(at(policy, found)));
      } else if (path.attribute().equals(AttributeCatalogue.PROVENANCE)) {
        Set<String> known = new TreeSet<>();
        covered.forEach(action -> known.addAll(action.steering()));
        if (member != null && !known.contains(member)) {
          add(policy, member, "no tool this policy covers is steered by `%s`", known);
        }
      } else if (members == null) {
        Set<String> known = new HashSet<>(AttributeCatalogue.BY_RECORD.keySet());
        known.add(AttributeCatalogue.ARGUMENTS);
        known.add(AttributeCatalogue.PROVENANCE);
        add(policy, path.attribute(), "the context has no attribute `%s`", known);
      } else if (member != null && members.stream().noneMatch(m -> m.member().equals(member))) {
        Set<String> known = new TreeSet<>();
        members.forEach(one -> known.add(one.member()));
        add(policy, member, "`context." + path.attribute() + "` has no attribute `%s`", known);
      }
    }
  }

  private void add(LoadedPolicy policy, String name, String problem, Set<String> known) {
    String words = String.format(problem, name) + Suggestion.of(name, known);
    add(at(policy, new ArgumentCheck.Problem(name, words)));
  }

  /** Once, however often the policy says it. */
  private void add(String problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private static String at(LoadedPolicy policy, ArgumentCheck.Problem problem) {
    return policy.placeOf(problem.name()) + ": policy \"" + policy.id() + "\": " + problem.words();
  }

  private void validate(List<LoadedPolicy> policies) {
    Set<Policy> all = new HashSet<>();
    Map<String, LoadedPolicy> byId = new HashMap<>();
    for (LoadedPolicy policy : policies) {
      all.add(policy.policy());
      byId.put(policy.id(), policy);
    }
    Schema schema = new Schema(CedarSchema.of(actions, ContextReads.EVERYTHING));
    ValidationResponse answer;
    try {
      answer =
          new BasicAuthorizationEngine()
              .validate(new ValidationRequest(schema, new PolicySet(all)));
    } catch (AuthException e) {
      throw new CedarPolicyException("Cedar cannot check the policies: " + e.getMessage(), e);
    }
    answer.errors.ifPresent(errors -> errors.forEach(e -> problems.add(e.message)));
    answer.warnings.forEach(warning -> problems.add(warning.message));
    Set<String> said = new HashSet<>();
    answer.success.ifPresent(
        result -> {
          result.validationErrors.forEach(e -> add(byId, said, e));
          result.validationWarnings.forEach(e -> add(byId, said, e));
        });
    if (answer.success.isEmpty() && problems.isEmpty()) {
      problems.add("Cedar gave no answer to the check of the policies");
    }
  }

  /** One message per policy and place; the others are the same for another tool. */
  private void add(Map<String, LoadedPolicy> byId, Set<String> said, ValidationError found) {
    DetailedError error = found.getError();
    int bytes = error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.get(0).start;
    boolean consequence = bytes == 0 && said.contains(found.getPolicyId());
    if (consequence || !said.add(found.getPolicyId() + "@" + bytes)) {
      return;
    }
    said.add(found.getPolicyId());
    LoadedPolicy policy = byId.get(found.getPolicyId());
    String place = policy == null ? "" : policy.place(bytes) + ": ";
    String message = error.message.replaceFirst("^for policy `[^`]*`, ", "");
    String problem =
        place + "policy \"" + found.getPolicyId() + "\": " + message + Suggestion.help(error);
    if (message.startsWith("string ") && message.endsWith(" contains mixed scripts")) {
      LOG.warn("{}", problem); // an office may well have a folder /docs/Привет
    } else {
      problems.add(problem);
    }
  }
}
