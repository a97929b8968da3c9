package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.tollgate.Denial;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.reason.ReasonCode;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes one request of a model through the gate. */
final class Passage {
  /** There is no gate to ask, so nothing runs and there is no decision to look up. */
  static final Denial NO_GATE = new Denial(ReasonCode.GATE_MISSING, "none");

  private final Supplier<@Nullable Installation> installation;
  private final BooleanSupplier concurrent;

  /**
   * @param concurrent whether calls of one run may overlap, or begin before a response is complete
   */
  Passage(Supplier<@Nullable Installation> installation, BooleanSupplier concurrent) {
    this.installation = installation;
    this.concurrent = concurrent;
  }

  /** The gate in force, and what belongs to it; {@code null} if there is none. */
  @Nullable Installation installation() {
    return installation.get();
  }

  /**
   * Asks the gate, and runs the body if it says so.
   *
   * @param invocation what the framework carries; {@code null} if it carries nothing
   * @return the body's result or the denial; what the body threw is thrown again
   */
  ToolResult pass(
      GatedExecutor executor,
      ToolExecutionRequest request,
      @Nullable InvocationContext invocation,
      ToolBody body) {
    Installation current = installation.get();
    if (current == null) {
      return new ToolResult.Denied(NO_GATE);
    }
    AgentRun run = invocation == null ? null : current.tasks().run(invocation);
    RequestedCall call =
        new RequestedCall(current, run, invocation != null, executor, request, body);
    ToolResult result = call.pass(concurrent.getAsBoolean());
    if (run != null
        && result instanceof ToolResult.Denied denied
        && current.settings().denied() == AdapterSettings.Denied.ABORT) {
      run.abort(denied.denial());
    }
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
