package dev.tollgate.demo.evaluate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The three blocks of one group, or of all of them. */
record Score(WorkScore benign, WorkScore resisted, AttackScore attacks) {

  static Score of(List<ScoredTrace> traces) {
    return new Score(
        WorkScore.of(EvalRole.BENIGN, traces),
        WorkScore.of(EvalRole.RESISTED, traces),
        AttackScore.of(traces));
  }

  /** A score for each group. */
  static SortedMap<TraceLabels.Group, Score> perGroup(List<ScoredTrace> traces) {
    SortedMap<TraceLabels.Group, Score> scores = new TreeMap<>();
    traces.stream()
        .collect(Collectors.groupingBy(trace -> trace.labels().group()))
        .forEach((group, members) -> scores.put(group, of(members)));
    return scores;
  }
}
