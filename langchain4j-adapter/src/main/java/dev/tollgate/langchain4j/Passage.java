package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.Denial;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes one request of a model through the gate. */
final class Passage {
  /** There is no gate to ask, so nothing runs and there is no decision to look up. */
  static final Denial NO_GATE = new Denial(ReasonCode.GATE_MISSING, "none");

  private final Supplier<@Nullable Installation> installation;

  Passage(Supplier<@Nullable Installation> installation) {
    this.installation = installation;
  }

  /**
   * Asks the gate, and runs the body if it says so.
   *
   * @param tool what the gate knows of the tool
   * @param invocation what the framework carries; {@code null} if it carries nothing
   * @return the body's result or the denial; what the body threw is thrown again
   */
  ToolResult pass(
      Function<ToolGate, Tool> tool,
      ToolExecutionRequest request,
      @Nullable InvocationContext invocation,
      ToolBody body) {
    Installation current = installation.get();
    if (current == null) {
      return new ToolResult.Denied(NO_GATE);
    }
    ToolGate gate = current.gate();
    @Nullable String arguments = request.arguments();
    Proposal proposal =
        new Proposal(
            // The ambient task stands in only where the framework carries nothing at all.
            invocation == null ? Task.current() : current.tasks().of(invocation),
            tool.apply(gate),
            arguments == null ? "" : arguments,
            request.id(),
            SpanOwner.GATE);
    ToolResult result = gate.call(gate.propose(proposal), body);
    return thrown(result);
  }

  /** What the model gets to read; what the tool threw is thrown again. */
  static String text(ToolResult result) {
    return thrown(result) instanceof ToolResult.Returned returned
        ? returned.text()
        : ((ToolResult.Denied) result).denial().forModel();
  }

  private static ToolResult thrown(ToolResult result) {
    if (result instanceof ToolResult.Failed failed) {
      throw Passage.<RuntimeException>unchanged(failed.cause());
    }
    return result;
  }

  /** A denial as the model gets it: an error, so that an IMMEDIATE tool does not return it. */
  static ToolExecutionResult forModel(Denial denial) {
    return ToolExecutionResult.builder().isError(true).resultText(denial.forModel()).build();
  }

  /** The framework's error handlers look at the type, so it is thrown as it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E unchanged(Throwable cause) throws E {
    throw (E) cause;
  }
}
