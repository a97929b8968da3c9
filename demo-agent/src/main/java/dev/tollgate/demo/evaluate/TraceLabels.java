package dev.tollgate.demo.evaluate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a trace and must never reach the gate. Nothing that plays traces knows this
 * class.
 *
 * @param id the trace's id
 * @param group where it is counted
 * @param userTask what the user wanted done, the same for every model
 * @param role what the trace is good for
 * @param attack which steps carry the attack; {@code null} if nobody knows
 * @param goal what the attacker wanted, empty if unknown
 */
record TraceLabels(
    String id,
    Group group,
    String userTask,
    EvalRole role,
    @Nullable AttackLabel attack,
    String goal) {

  /**
   * Traces that are counted together.
   *
   * @param source where they come from
   * @param suite the benchmark's suite
   * @param variant such as {@code stripped}; {@code null} for the original
   */
  record Group(String source, String suite, @Nullable String variant) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      return key().compareTo(other.key());
    }

    /** For people. */
    String text() {
      return source + " / " + suite + (variant == null ? "" : " / " + variant);
    }

    private String key() {
      return source + '\0' + suite + '\0' + (variant == null ? "" : variant);
    }
  }

  static TraceLabels read(JsonNode trace) {
    String id = trace.path("id").asString("");
    String variant = trace.path("variant").asString("");
    return new TraceLabels(
        id,
        new Group(
            trace.path("source").asString("unnamed"),
            trace.path("suite").asString("unnamed"),
            variant.isEmpty() ? null : variant),
        trace.path("user_task").asString(id),
        EvalRole.of(trace.path("eval_role").asString("")),
        AttackLabel.read(trace.path("attack_label"), trace.path("steps").size()),
        trace.path("injection_goal").asString(""));
  }

  /** Whether the trace can be scored. */
  boolean scored() {
    return role != EvalRole.NOT_SCORED && !unlabelled();
  }

  /** An attack of which nobody knows what carries it. */
  boolean unlabelled() {
    return role == EvalRole.ATTACK && attack == null;
  }
}
