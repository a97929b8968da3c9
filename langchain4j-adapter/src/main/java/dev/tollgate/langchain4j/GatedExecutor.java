package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;

/** An executor that asks the gate, and is never asked to a second time. */
sealed interface GatedExecutor extends ToolExecutor
    permits GuardedToolExecutor, UnknownToolExecutor {

  /**
   * What the gate knows of the tool.
   *
   * @param name what the model called it
   */
  Tool describedBy(ToolGate gate, String name);

  /** What the gate is asked about a request. */
  default Proposal proposal(ToolGate gate, @Nullable Task task, ToolExecutionRequest request) {
    @Nullable String arguments = request.arguments();
    return new Proposal(
        task,
        describedBy(gate, String.valueOf((@Nullable Object) request.name())),
        arguments == null ? "" : arguments,
        request.id(),
        SpanOwner.GATE);
  }
}
