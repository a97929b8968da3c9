package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.tool.Tool;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn asks the gate: about calls of the tools that its request offers, in the task that the
 * chat carried when the turn began, whichever thread asks. Thread-safe.
 */
final class GateRequests {
  private final ToolGate gate;
  private final OfferedTools tools;
  private final CarriedTask carried = CarriedTask.here();

  GateRequests(ToolGate gate, OfferedTools tools) {
    this.gate = gate;
    this.tools = tools;
  }

  ToolGate gate() {
    return gate;
  }

  Tool tool(String name) {
    return tools.describe(gate, name);
  }

  /**
   * Makes a call of what the model wrote.
   *
   * @param id the model's, {@code null} or empty if there is none
   * @param approval presented for this very call, {@code null} if none is
   */
  ToolCall call(Tool tool, String text, @Nullable String id, @Nullable String approval) {
    String known = id == null || id.isEmpty() ? null : id;
    return gate.propose(
        new Proposal(carried.task(), tool, text, known, SpanOwner.FRAMEWORK, approval));
  }

  /** One answer each, in order. */
  List<Admission> admit(List<ToolCall> calls) {
    try (Scope contradiction = carried.exposed()) {
      return gate.admit(calls);
    }
  }

  /** Some models write nothing for a tool without parameters; Spring AI makes that an object. */
  static String text(@Nullable String arguments) {
    return arguments == null || arguments.isBlank() ? "{}" : arguments;
  }
}
