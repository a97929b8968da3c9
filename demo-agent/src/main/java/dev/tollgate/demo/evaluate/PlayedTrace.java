package dev.tollgate.demo.evaluate;

import dev.tollgate.demo.replay.RecordedTrace;
import java.util.List;

/**
 * A trace and what became of its steps.
 *
 * @param trace what was recorded
 * @param steps one for each of its steps
 * @param bodies how many bodies ran
 * @param bodiesWithoutDecision how many of them without a permit or a used approval on record
 * @param bodiesAsRecorded whether bodies ran for exactly the calls that the records say were run
 */
record PlayedTrace(
    RecordedTrace trace,
    List<PlayedStep> steps,
    int bodies,
    int bodiesWithoutDecision,
    boolean bodiesAsRecorded) {
  PlayedTrace {
    steps = List.copyOf(steps);
  }

  /** Every call permitted, and nobody asked. */
  boolean kept() {
    return count(PlayedStep.Answer.PERMITTED) == steps.size();
  }

  /** No call denied outright. */
  boolean noDenial() {
    return count(PlayedStep.Answer.DENIED) + count(PlayedStep.Answer.UNDECIDED) == 0;
  }

  /** How many approvals were asked for. */
  int approvals() {
    return steps.stream().mapToInt(PlayedStep::requests).sum();
  }

  /** Every step has a decision on record, and bodies ran as the records say. */
  boolean whole() {
    return count(PlayedStep.Answer.UNDECIDED) == 0 && bodiesAsRecorded;
  }

  boolean ran(int step) {
    return steps.get(step).ran();
  }

  /** Calls that were played although one before them did not run: a live agent may not get here. */
  int callsAfterDenial() {
    for (int i = 0; i < steps.size(); i++) {
      if (!ran(i)) {
        return steps.size() - i - 1;
      }
    }
    return 0;
  }

  private int count(PlayedStep.Answer answer) {
    return (int) steps.stream().filter(step -> step.answer() == answer).count();
  }
}
