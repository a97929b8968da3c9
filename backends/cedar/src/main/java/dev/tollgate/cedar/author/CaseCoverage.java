package dev.tollgate.cedar.author;

import dev.tollgate.cedar.ConditionTruth;
import dev.tollgate.cedar.PolicySummary;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the cases of a set exercise.
 *
 * @param policies all policies of the set, by id, with their {@code file:line}
 * @param uncovered the ids of those that decided in no case
 * @param notes conditions that never held, or always did, as far as they could be told apart
 */
public record CaseCoverage(
    Map<String, String> policies, Set<String> uncovered, List<String> notes) {
  public CaseCoverage {
    policies = Map.copyOf(policies);
    uncovered = Set.copyOf(uncovered);
    notes = List.copyOf(notes);
  }

  static CaseCoverage of(List<PolicySummary> policies, List<CaseResult> results) {
    Map<String, String> places = new TreeMap<>();
    policies.forEach(policy -> places.put(policy.id(), policy.place()));
    Set<String> uncovered = new TreeSet<>(places.keySet());
    Map<String, Set<Boolean>> seen = new TreeMap<>();
    for (CaseResult result : results) {
      if (!failed(result.decision())) {
        uncovered.removeAll(result.decision().basis().policies());
      }
      for (ConditionTruth truth : result.conditions()) {
        Set<Boolean> values = seen.computeIfAbsent(key(truth, places), key -> new HashSet<>());
        Boolean holds = truth.holds();
        if (holds != null) {
          values.add(holds);
        }
      }
    }
    List<String> notes = new ArrayList<>();
    seen.forEach(
        (key, values) -> {
          if (values.size() < 2) {
            notes.add(key + (values.contains(true) ? " always held" : " never held"));
          }
        });
    return new CaseCoverage(places, uncovered, notes);
  }

  private static String key(ConditionTruth truth, Map<String, String> places) {
    return places.get(truth.policy())
        + ": policy \""
        + truth.policy()
        + "\", condition "
        + truth.number();
  }

  /** A policy that failed has decided nothing. */
  private static boolean failed(Decision decision) {
    return decision instanceof Decision.Deny deny && deny.reason() == ReasonCode.POLICY_ERROR;
  }

  /** How many of a hundred policies decided in some case, rounded down; 100 without policies. */
  public int percent() {
    return policies.isEmpty() ? 100 : 100 * (policies.size() - uncovered.size()) / policies.size();
  }
}
