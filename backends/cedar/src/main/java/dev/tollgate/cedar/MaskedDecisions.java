package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers questions of which not everything is known, or says that it cannot. Policies that read
 * nothing hidden are asked as they are. Of each other one, a wider policy is asked that leaves out
 * what reads hidden values: where that does not apply, the policy does not either.
 */
final class MaskedDecisions {
  private record SliceKey(ToolAction action, List<String> policies) {}

  private record WiderKey(String id, Set<String> hidden) {}

  private final List<LoadedPolicy> policies;
  private final ToolActions actions;
  private final Verdict verdict;
  private final Map<SliceKey, Slice> slices = new ConcurrentHashMap<>();
  private final Map<WiderKey, DerivedPolicies.Wider> wider = new ConcurrentHashMap<>();

  MaskedDecisions(List<LoadedPolicy> policies, ToolActions actions, Verdict verdict) {
    this.policies = policies;
    this.actions = actions;
    this.verdict = verdict;
  }

  MaskedAnswer decide(Tool tool, Question question, Masked masked) {
    ToolAction action = actions.of(tool);
    List<LoadedPolicy> all = policies.stream().filter(p -> p.scope().covers(action)).toList();
    List<LoadedPolicy> plain = new ArrayList<>();
    List<LoadedPolicy> hiding = new ArrayList<>();
    for (LoadedPolicy policy : all) {
      (hidden(policy.reads(), masked).isEmpty() ? plain : hiding).add(policy);
    }
    Set<String> doubtful = doubtful(ContextReads.of(all), masked);
    try {
      CallContext.of(question, action, ContextReads.of(all));
      return combine(
          verdict.of(ask(action, plain, question)),
          applicable(action, hiding, question, masked),
          doubtful,
          masked);
    } catch (ArgumentValues.MismatchException e) {
      return doubtful.isEmpty()
          ? new MaskedAnswer.Known(verdict.deny(ReasonCode.ARGUMENT_TYPE_MISMATCH, List.of()), true)
          : new MaskedAnswer.Open(doubtful, Set.of());
    } catch (AuthException e) {
      throw new CedarPolicyException("Cedar failed on a call of " + tool.name(), e);
    }
  }

  private MaskedAnswer combine(
      Decision plain, List<LoadedPolicy> open, Set<String> doubtful, Masked masked) {
    boolean certain = open.isEmpty() && doubtful.isEmpty();
    boolean failed =
        plain instanceof Decision.Deny deny && deny.reason() == ReasonCode.POLICY_ERROR;
    if (certain || failed) {
      return new MaskedAnswer.Known(plain, certain);
    }
    boolean forbidden =
        plain instanceof Decision.Deny deny && deny.reason() == ReasonCode.POLICY_FORBIDDEN;
    boolean nothingPermits =
        plain instanceof Decision.Deny && open.stream().allMatch(LoadedPolicy::forbid);
    if (forbidden || nothingPermits) {
      boolean outvoted =
          doubtful.isEmpty()
              && open.stream().noneMatch(p -> p.forbid() || wider(p, masked).mayFailToo());
      return new MaskedAnswer.Known(plain, forbidden && outvoted);
    }
    if (!(plain instanceof Decision.Deny)
        && doubtful.isEmpty()
        && open.stream().allMatch(policy -> addsNothing(policy, plain, masked))) {
      return new MaskedAnswer.Known(plain, false);
    }
    Set<String> attributes = new TreeSet<>(doubtful);
    Set<String> ids = new TreeSet<>();
    for (LoadedPolicy policy : open) {
      attributes.addAll(hidden(policy.reads(), masked));
      ids.add(policy.id());
    }
    return new MaskedAnswer.Open(attributes, ids);
  }

  /** A permit beside others that demands no more than they do, and cannot fail. */
  private boolean addsNothing(LoadedPolicy policy, Decision plain, Masked masked) {
    return !policy.forbid()
        && policy.demands().obligations().isEmpty()
        && (!policy.demands().approval() || plain instanceof Decision.NeedsApproval)
        && !wider(policy, masked).mayFailToo();
  }

  /** The policies that read something hidden and may apply, or may fail. */
  private List<LoadedPolicy> applicable(
      ToolAction action, List<LoadedPolicy> hiding, Question question, Masked masked)
      throws AuthException, ArgumentValues.MismatchException {
    List<LoadedPolicy> wide = hiding.stream().map(p -> wider(p, masked).policy()).toList();
    AuthorizationSuccessResponse answer = ask(action, wide, question).success.orElse(null);
    if (answer == null) {
      return hiding;
    }
    Set<String> applies = new HashSet<>(answer.getReason());
    answer.getErrors().forEach(error -> applies.add(error.getPolicyId()));
    return hiding.stream()
        .filter(policy -> applies.contains(policy.id()) || wider(policy, masked).mayFail())
        .toList();
  }

  private DerivedPolicies.Wider wider(LoadedPolicy policy, Masked masked) {
    return wider.computeIfAbsent(
        new WiderKey(policy.id(), hidden(policy.reads(), masked)),
        key -> DerivedPolicies.without(policy, reads -> !hidden(reads, masked).isEmpty()));
  }

  private AuthorizationResponse ask(ToolAction action, List<LoadedPolicy> chosen, Question question)
      throws AuthException, ArgumentValues.MismatchException {
    List<String> texts = new ArrayList<>();
    chosen.forEach(policy -> texts.add(policy.id() + "\n" + policy.policy().policySrc));
    SliceKey key = new SliceKey(action, texts);
    try {
      return slices.computeIfAbsent(key, one -> new Slice(action, chosen)).ask(question);
    } catch (Slice.LostException e) {
      slices.remove(key); // Cedar keeps only so many
    }
    try {
      return new Slice(action, chosen).ask(question);
    } catch (Slice.LostException e) {
      throw new CedarPolicyException("Cedar does not keep what it is asked with", e);
    }
  }

  private static Set<String> hidden(ContextReads reads, Masked masked) {
    Set<String> hidden = new TreeSet<>();
    if (reads.everything()) {
      hidden.add("context");
    }
    for (ContextReads.Path path : reads.paths()) {
      if (masked.hides(path.attribute(), path.member())) {
        hidden.add(path.toString());
      }
    }
    return hidden;
  }

  private static Set<String> doubtful(ContextReads reads, Masked masked) {
    Set<String> doubtful = new TreeSet<>();
    String args = AttributeCatalogue.ARGUMENTS;
    for (ContextReads.Path path : reads.paths()) {
      String member = path.member();
      if (path.attribute().equals(args)
          && (member == null ? masked.hides(args, null) : masked.doubts(member))) {
        doubtful.add(path.toString());
      }
    }
    if (reads.everything() && masked.hides(args, null)) {
      doubtful.add(args);
    }
    return doubtful;
  }
}
