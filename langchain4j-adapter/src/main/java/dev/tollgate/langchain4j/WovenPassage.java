package dev.tollgate.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that an aspect stopped, on its way through the gate.
 *
 * @param tool what the gate knows of the tool
 * @param arguments what the call was made with, as JSON
 * @param frameworkId the framework's id of it, if it has one
 * @param invocation what the framework carries to this place; {@code null} if it carries nothing
 */
record WovenPassage(
    Function<ToolGate, Tool> tool,
    String arguments,
    @Nullable String frameworkId,
    @Nullable InvocationContext invocation) {

  /**
   * Asks the gate, and runs the body if it says so.
   *
   * @return the body's result or the denial; what the body threw is thrown again
   * @throws ToolDeniedException if it was denied and a denial is to end the run
   */
  ToolResult pass(ToolBody body) {
    if (TollgateLangChain4j.off()) {
      return ungated(body);
    }
    Installation current = TollgateLangChain4j.installation();
    if (current == null) {
      return new ToolResult.Denied(Passage.NO_GATE);
    }
    Task task = task(current);
    ToolResult asked = call(current.gate(), task, null, body);
    ToolResult result =
        task == null
            ? asked
            : new ApprovalWait(current, task)
                .settled(asked, approval -> approved(current, approval, asked, body));
    if (result instanceof ToolResult.Failed failed) {
      throw Passage.<RuntimeException>unchanged(failed.cause());
    }
    if (result instanceof ToolResult.Denied denied
        && current.settings().denied() == AdapterSettings.Denied.ABORT) {
      throw new ToolDeniedException(denied.denial());
    }
    return result;
  }

  /** The run may have ended while a person thought about it: then the approval stays unused. */
  private ToolResult approved(
      Installation current, String approval, ToolResult asked, ToolBody body) {
    Task now = task(current);
    return now == null ? asked : call(current.gate(), now, approval, body);
  }

  private ToolResult ungated(ToolBody body) {
    try {
      return body.run(arguments);
    } catch (Exception e) {
      throw Passage.<RuntimeException>unchanged(e);
    }
  }

  private ToolResult call(
      ToolGate gate, @Nullable Task task, @Nullable String approval, ToolBody body) {
    Proposal proposal =
        new Proposal(task, tool.apply(gate), arguments, frameworkId, SpanOwner.GATE, approval);
    return gate.call(gate.propose(proposal), body);
  }

  /** An invocation without an id is none that the framework began: it carries nothing. */
  private @Nullable Task task(Installation current) {
    return invocation == null || invocation.invocationId() == null
        ? AgenticWork.current()
        : current.tasks().of(invocation);
  }
}
