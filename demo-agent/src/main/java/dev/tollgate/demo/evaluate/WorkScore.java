package dev.tollgate.demo.evaluate;

import java.util.List;

/**
 * How legitimate work fared.
 *
 * @param n traces
 * @param kept those in which every call was permitted without asking
 * @param noDenial those in which no call was denied outright
 * @param approvals how many approvals were asked for, in all of them
 * @param withoutCalls those that have no call at all, and so count as kept
 */
record WorkScore(int n, int kept, int noDenial, int approvals, int withoutCalls) {

  static WorkScore of(EvalRole role, List<ScoredTrace> traces) {
    List<PlayedTrace> these =
        traces.stream().filter(trace -> trace.is(role)).map(ScoredTrace::played).toList();
    return new WorkScore(
        these.size(),
        (int) these.stream().filter(PlayedTrace::kept).count(),
        (int) these.stream().filter(PlayedTrace::noDenial).count(),
        these.stream().mapToInt(PlayedTrace::approvals).sum(),
        (int) these.stream().filter(trace -> trace.steps().isEmpty()).count());
  }
}
