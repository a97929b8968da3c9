package dev.tollgate.demo.evaluate;

import dev.tollgate.demo.replay.RecordedTrace;
import dev.tollgate.demo.replay.TraceException;
import dev.tollgate.demo.replay.TraceFile;
import dev.tollgate.demo.replay.TraceLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The traces that are scored, and apart from them their labels.
 *
 * @param names the files' names
 * @param traces what is played, in the order of the files
 * @param labels by the trace's id
 * @param skipped traces whose role is not scored
 * @param unlabelled ids of attacks without a usable label, which are not scored either
 */
record Corpus(
    List<String> names,
    List<RecordedTrace> traces,
    Map<String, TraceLabels> labels,
    int skipped,
    List<String> unlabelled) {

  /**
   * Reads the files twice: once for what is played, once for the labels. A part of the traces would
   * give figures that look whole, so anything that cannot be read is an end.
   */
  static Corpus read(List<Path> files) throws IOException, TraceException {
    Map<String, TraceLabels> labels = new HashMap<>();
    List<String> unlabelled = new ArrayList<>();
    int skipped = 0;
    for (Path file : files) {
      for (TraceLabels one : labels(file)) {
        if (labels.put(one.id(), one) != null) {
          throw new IOException(file + ": a second trace has the id '" + one.id() + "'");
        }
        if (one.unlabelled()) {
          unlabelled.add(one.id());
        } else if (!one.scored()) {
          skipped++;
        }
      }
    }
    List<RecordedTrace> traces = new ArrayList<>();
    for (Path file : files) {
      for (RecordedTrace trace : traces(file)) {
        TraceLabels known = labels.get(trace.id());
        if (known != null && known.scored()) {
          traces.add(trace);
        }
      }
    }
    if (traces.isEmpty()) {
      throw new IOException("no trace here has an eval_role that is scored");
    }
    return new Corpus(
        files.stream().map(file -> String.valueOf(file.getFileName())).sorted().toList(),
        List.copyOf(traces),
        Map.copyOf(labels),
        skipped,
        unlabelled.stream().sorted().toList());
  }

  /** The labels of a scored trace. */
  TraceLabels labelsOf(RecordedTrace trace) {
    TraceLabels found = labels.get(trace.id());
    if (found == null) {
      throw new IllegalArgumentException("no labels for a trace that was played");
    }
    return found;
  }

  private static List<TraceLabels> labels(Path file) throws IOException, TraceException {
    List<TraceLabels> read = new ArrayList<>();
    try (TraceLines lines = new TraceLines(file)) {
      for (JsonNode trace = lines.next(); trace != null; trace = lines.next()) {
        if (trace.path("id").asString("").isEmpty()) {
          throw lines.broken("has no id");
        }
        read.add(TraceLabels.read(trace));
      }
    }
    return read;
  }

  private static List<RecordedTrace> traces(Path file) throws IOException, TraceException {
    List<RecordedTrace> read = new ArrayList<>();
    try (TraceFile traces = new TraceFile(file)) {
      for (RecordedTrace trace = traces.next(); trace != null; trace = traces.next()) {
        read.add(trace);
      }
    }
    return read;
  }
}
