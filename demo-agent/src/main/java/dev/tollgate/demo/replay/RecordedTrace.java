package dev.tollgate.demo.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What one agent did once. The labels of the file are not read, so they cannot reach the gate.
 *
 * @param id the trace's id
 * @param suite the suite it belongs to
 * @param prompt what the user said
 * @param steps the calls, in order
 */
public record RecordedTrace(String id, String suite, String prompt, List<RecordedStep> steps) {

  public RecordedTrace {
    steps = List.copyOf(steps);
  }

  /** The steps of each turn. */
  List<List<RecordedStep>> turns() {
    List<List<RecordedStep>> turns = new ArrayList<>();
    int last = Integer.MIN_VALUE;
    for (RecordedStep step : steps) {
      if (turns.isEmpty() || step.turn() != last) {
        turns.add(new ArrayList<>());
      }
      turns.get(turns.size() - 1).add(step);
      last = step.turn();
    }
    return turns;
  }
}
