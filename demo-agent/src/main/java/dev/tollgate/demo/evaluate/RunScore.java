package dev.tollgate.demo.evaluate;

import dev.tollgate.tool.ToolManifest;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * One framework with one approver.
 *
 * @param missed the attacks that passed, by id
 * @param broken ids of traces that could not be played to their end, and are not scored
 * @param callsAfterDenial calls that were played although one before them did not run
 */
record RunScore(
    String framework,
    StandIn approver,
    SortedMap<TraceLabels.Group, Score> groups,
    Score total,
    Macro macro,
    SortedMap<String, ToolCounts> tools,
    List<ScoredTrace> missed,
    List<String> broken,
    int calls,
    int bodies,
    int bodiesWithoutDecision,
    int callsAfterDenial,
    boolean auditVerified,
    double callsPerSecond) {

  static RunScore of(
      String framework, StandIn approver, Played played, Corpus corpus, ToolManifest manifest) {
    List<PlayedTrace> traces = played.traces();
    List<ScoredTrace> scored =
        traces.stream()
            .map(trace -> ScoredTrace.of(trace, corpus.labelsOf(trace.trace()), manifest))
            .toList();
    int calls = traces.stream().mapToInt(trace -> trace.steps().size()).sum();
    return new RunScore(
        framework,
        approver,
        Score.perGroup(scored),
        Score.of(scored),
        Macro.of(scored),
        ToolCounts.perTool(scored),
        scored.stream()
            .filter(ScoredTrace::passed)
            .sorted(Comparator.comparing((ScoredTrace trace) -> trace.labels().id()))
            .toList(),
        played.broken(),
        calls,
        played.bodies(),
        played.bodiesWithoutDecision(),
        traces.stream().mapToInt(PlayedTrace::callsAfterDenial).sum(),
        played.auditVerified(),
        calls / played.seconds());
  }

  /** Whether every trace was played, on record, and no body ran without a decision. */
  boolean sound() {
    return broken.isEmpty() && bodiesWithoutDecision == 0 && auditVerified;
  }
}
