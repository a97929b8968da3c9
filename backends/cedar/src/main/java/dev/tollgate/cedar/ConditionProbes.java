package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Learns which conditions hold for a question, each for itself. */
final class ConditionProbes {
  private record Probe(String policy, int number, LoadedPolicy permit) {}

  private record Probes(List<Probe> probes, Slice slice) {}

  private final List<LoadedPolicy> policies;
  private final Map<ToolAction, Probes> byAction = new ConcurrentHashMap<>();

  ConditionProbes(List<LoadedPolicy> policies) {
    this.policies = policies;
  }

  /** What holds; nothing if Cedar does not answer. */
  List<ConditionTruth> of(ToolAction action, Question question) {
    Probes probes = byAction.computeIfAbsent(action, this::probes);
    try {
      AuthorizationSuccessResponse answer = probes.slice.ask(question).success.orElse(null);
      if (answer == null) {
        return List.of();
      }
      Set<String> failed =
          answer.getErrors().stream()
              .map(AuthorizationSuccessResponse.AuthorizationError::getPolicyId)
              .collect(Collectors.toSet());
      List<ConditionTruth> truths = new ArrayList<>();
      for (Probe probe : probes.probes) {
        String id = probe.permit.id();
        Boolean holds = failed.contains(id) ? null : answer.getReason().contains(id);
        truths.add(new ConditionTruth(probe.policy, probe.number, holds));
      }
      return truths;
    } catch (AuthException | ArgumentValues.MismatchException | Slice.LostException e) {
      return List.of();
    }
  }

  private Probes probes(ToolAction action) {
    List<Probe> probes = new ArrayList<>();
    for (LoadedPolicy policy : policies) {
      if (policy.scope().covers(action)) {
        int number = 0;
        for (LoadedPolicy permit : DerivedPolicies.conditions(policy)) {
          probes.add(new Probe(policy.id(), ++number, permit));
        }
      }
    }
    return new Probes(probes, new Slice(action, probes.stream().map(Probe::permit).toList()));
  }
}
