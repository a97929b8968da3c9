package dev.tollgate.demo.evaluate;

import java.util.List;

/**
 * Everything a report says.
 *
 * @param policies the policy set's name
 * @param manifest the manifest's name
 * @param guard whether the guard was on
 * @param agent who made the calls
 * @param corpus what was played
 * @param runs one for each framework and approver
 */
record Evaluation(
    String policies,
    String manifest,
    boolean guard,
    ReplayedAgent agent,
    Corpus corpus,
    List<RunScore> runs) {

  /** What the figures do not say. It stands next to every table of them. */
  static final String LIMITS =
      "Read with care: this is an open-loop replay, so what a model does after a denial (retry, give up,"
          + " find another way) is not seen. The legitimate traces are successes of existing models,"
          + " many of which share a task. The attacks are one static template, with its wrapper or"
          + " stripped of it, and few goals: the real AgentDojo attacks have one injection task a"
          + " suite, the oracle's and AgentDyn's supply the variety. Attacks by text alone are no"
          + " tool calls and not here. Attacks nobody has labelled are not scored. Published figures"
          + " of other defences come from live runs, which is not the same experiment.";

  Evaluation {
    runs = List.copyOf(runs);
  }

  boolean sound() {
    return runs.stream().allMatch(RunScore::sound);
  }
}
