package dev.tollgate.demo.evaluate;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.demo.replay.PlayWatch;
import dev.tollgate.demo.replay.RecordedTrace;
import dev.tollgate.demo.replay.TracePlayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands records on to the real sink, and learns from those it took which steps ran. The framework's
 * id of a call, which every proposal has on record, says which step it is: identical calls stay
 * apart. Thread-safe.
 */
final class StepLog implements AuditSink, PlayWatch {
  private final AuditSink sink;
  private final Map<String, StepStory> storyOfCall = new HashMap<>();
  private final Map<String, StepStory> storyOfId = new HashMap<>();
  private final Map<String, List<AuditRecord>> early = new HashMap<>();
  private final Map<String, Integer> bodies = new HashMap<>();
  private @Nullable RecordedTrace playing;
  private List<StepStory> stories = List.of();
  private long records;

  StepLog(AuditSink sink) {
    this.sink = sink;
  }

  @Override
  public synchronized void begins(RecordedTrace trace) {
    playing = trace;
    stories = Stream.generate(StepStory::new).limit(trace.steps().size()).toList();
    storyOfCall.clear();
    storyOfId.clear();
    for (int i = 0; i < stories.size(); i++) {
      storyOfId.put(TracePlayer.CALL + i, stories.get(i));
    }
    bodies.clear();
    early.clear();
  }

  @Override
  public synchronized void bodyRan(String tool) {
    bodies.merge(tool, 1, Integer::sum);
  }

  @Override
  public void ends() {}

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    sink.append(entries);
    synchronized (this) {
      records += entries.size();
      entries.forEach(this::tell);
    }
  }

  private void tell(AuditEntry entry) {
    if (playing == null || entry.callId().isEmpty()) {
      return; // an adapter's probe, or no call's record
    }
    StepStory story = storyOfCall.get(entry.callId());
    if (story == null && entry.record() instanceof AuditRecord.Proposed proposed) {
      story = storyOfId.get(proposed.frameworkId());
      if (story != null) {
        storyOfCall.put(entry.callId(), story);
        early.getOrDefault(entry.callId(), List.of()).forEach(story::tell);
        early.remove(entry.callId());
      }
    }
    if (story == null) {
      // An approval is on record before the decision that it leads to.
      early.computeIfAbsent(entry.callId(), id -> new ArrayList<>()).add(entry.record());
    } else {
      story.tell(entry.record());
    }
  }

  /** What became of the trace that was played last. */
  synchronized PlayedTrace played() {
    RecordedTrace trace = playing;
    if (trace == null) {
      throw new IllegalStateException("nothing was played");
    }
    playing = null;
    Map<String, Integer> licensed = new HashMap<>();
    Map<String, Integer> ran = new HashMap<>();
    for (int i = 0; i < stories.size(); i++) {
      String tool = trace.steps().get(i).tool();
      licensed.merge(tool, stories.get(i).licensed() ? 1 : 0, Integer::sum);
      if (stories.get(i).ran()) {
        ran.merge(tool, 1, Integer::sum);
      }
    }
    int without = 0;
    for (Map.Entry<String, Integer> body : bodies.entrySet()) {
      without += Math.max(0, body.getValue() - licensed.getOrDefault(body.getKey(), 0));
    }
    return new PlayedTrace(
        trace,
        stories.stream().map(StepStory::step).toList(),
        bodies.values().stream().mapToInt(Integer::intValue).sum(),
        without,
        early.isEmpty() && bodies.equals(ran));
  }

  /** How many records the sink took. */
  synchronized long records() {
    return records;
  }

  @Override
  public void close() {
    sink.close();
  }
}
