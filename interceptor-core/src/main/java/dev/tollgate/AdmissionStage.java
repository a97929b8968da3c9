package dev.tollgate;

import dev.tollgate.policy.Decision;
import java.util.List;

/**
 * One stage of admission: it looks at calls that were proposed together and gives a decision on
 * each. It sees only calls that no earlier stage denied. Stages are thread-safe. An exception, a
 * {@code null} or too few answers deny all.
 */
@FunctionalInterface
public interface AdmissionStage {
  List<Decision> decide(List<ToolCall> calls);
}
