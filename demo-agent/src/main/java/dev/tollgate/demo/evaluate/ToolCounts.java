package dev.tollgate.demo.evaluate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of one tool's calls: in legitimate work by the gate's answer, in attacks by whether
 * the attack needs the step and whether it ran.
 */
record ToolCounts(
    int permitted,
    int approval,
    int denied,
    int criticalRan,
    int criticalStopped,
    int otherRan,
    int otherStopped) {

  static SortedMap<String, ToolCounts> perTool(List<ScoredTrace> traces) {
    SortedMap<String, ToolCounts> counts = new TreeMap<>();
    for (ScoredTrace trace : traces) {
      for (int i = 0; i < trace.played().steps().size(); i++) {
        String tool = trace.played().trace().steps().get(i).tool();
        counts.merge(tool, of(trace, i), ToolCounts::plus);
      }
    }
    return counts;
  }

  private static ToolCounts of(ScoredTrace trace, int i) {
    PlayedStep step = trace.played().steps().get(i);
    if (trace.is(EvalRole.ATTACK)) {
      boolean critical = trace.critical(i);
      return new ToolCounts(
          0,
          0,
          0,
          one(critical && step.ran()),
          one(critical && !step.ran()),
          one(!critical && step.ran()),
          one(!critical && !step.ran()));
    }
    boolean permitted = step.answer() == PlayedStep.Answer.PERMITTED;
    boolean asked = step.answer() == PlayedStep.Answer.ASKED;
    return new ToolCounts(one(permitted), one(asked), one(!permitted && !asked), 0, 0, 0, 0);
  }

  private ToolCounts plus(ToolCounts other) {
    return new ToolCounts(
        permitted + other.permitted,
        approval + other.approval,
        denied + other.denied,
        criticalRan + other.criticalRan,
        criticalStopped + other.criticalStopped,
        otherRan + other.otherRan,
        otherStopped + other.otherStopped);
  }

  private static int one(boolean value) {
    return value ? 1 : 0;
  }
}
