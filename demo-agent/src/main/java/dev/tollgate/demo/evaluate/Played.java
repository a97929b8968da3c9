package dev.tollgate.demo.evaluate;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.demo.replay.RecordedStep;
import dev.tollgate.demo.replay.RecordedTrace;
import dev.tollgate.demo.replay.TracePlayer;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All traces, played through one framework. It is made without knowing any label.
 *
 * @param traces those that could be played to their end
 * @param broken ids of those that could not: they are no success of the gate
 * @param bodies how many tool bodies ran, in broken traces too
 * @param bodiesWithoutDecision how many of them without a permit or a used approval on record
 * @param auditVerified whether the records verify and none is missing
 * @param seconds from the gate's start to its end, the writing of records included
 */
record Played(
    List<PlayedTrace> traces,
    List<String> broken,
    int bodies,
    int bodiesWithoutDecision,
    boolean auditVerified,
    double seconds) {
  private static final Logger log = LoggerFactory.getLogger(Played.class);

  static Played through(
      String framework, EvaluatedGate evaluated, DemoFolder folder, List<RecordedTrace> traces)
      throws IOException {
    List<PlayedTrace> played = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    int bodies = 0;
    int without = 0;
    long start = System.nanoTime();
    AuditSink files = EvaluatedGate.records(folder);
    StepLog steps = new StepLog(files);
    try (files;
        ToolGate gate = evaluated.open(folder, steps);
        TracePlayer player = new TracePlayer(framework, gate, steps, evaluated.agent().asked())) {
      player.offer(
          traces.stream()
              .flatMap(trace -> trace.steps().stream())
              .map(RecordedStep::tool)
              .collect(Collectors.toSet()));
      for (RecordedTrace trace : traces) {
        boolean ended = ended(player, trace);
        PlayedTrace one = steps.played();
        bodies += one.bodies();
        without += one.bodiesWithoutDecision();
        if (ended && one.whole()) {
          played.add(one);
        } else {
          broken.add(trace.id());
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    AuditCheck audit = AuditCheck.of(folder);
    boolean verified = audit.intact() && audit.records() >= steps.records();
    List<String> sorted = broken.stream().sorted().toList();
    return new Played(played, sorted, bodies, without, verified, seconds);
  }

  private static boolean ended(TracePlayer player, RecordedTrace trace) {
    try {
      player.play(trace);
      return true;
    } catch (RuntimeException e) {
      log.error("a trace broke its agent", e);
      return false;
    }
  }
}
