package dev.tollgate;

import dev.tollgate.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One stage of admission: it looks at calls that were proposed together and gives a decision on
 * each. It sees only calls that no earlier stage denied. Stages are thread-safe. An exception, a
 * {@code null} or too few answers deny all.
 */
@FunctionalInterface
public interface AdmissionStage {
  List<Decision> decide(List<ToolCall> calls);

  /** Decides on each call by itself. */
  static List<Decision> each(List<ToolCall> calls, Function<ToolCall, Decision> stage) {
    if (calls.size() == 1) {
      return List.of(stage.apply(calls.get(0))); // as nearly always
    }
    List<Decision> decisions = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      decisions.add(stage.apply(call));
    }
    return decisions;
  }
}
