package dev.tollgate;

import dev.tollgate.policy.Decision;
import java.util.ArrayList;
import java.util.List;

/** A stage of admission that decides on each call by itself. */
public interface CallStage extends AdmissionStage {
  Decision decide(ToolCall call);

  @Override
  default List<Decision> decide(List<ToolCall> calls) {
    List<Decision> decisions = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      decisions.add(decide(call));
    }
    return decisions;
  }
}
