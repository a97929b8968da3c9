package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.tollgate.Admission;
import dev.tollgate.Proposal;
import dev.tollgate.ToolBody;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a model on its way: decided with the others of its turn where there are others,
 * else by itself.
 *
 * @param run the invocation that it belongs to; {@code null} if none is known
 * @param carried whether the framework carries an invocation at all
 */
record RequestedCall(
    Installation current,
    @Nullable AgentRun run,
    boolean carried,
    GatedExecutor executor,
    ToolExecutionRequest request,
    ToolBody body) {

  ToolResult pass(boolean concurrent) {
    ToolResult result = together(concurrent);
    // A long sibling may use up the time from decision to dispatch: nothing ran, so decide anew.
    if (result == null || denied(result, ReasonCode.ADMISSION_EXPIRED)) {
      result = concurrent || over(run) ? tracked(null) : alone();
    }
    ToolResult asked = result;
    return run == null
        ? asked
        : new ApprovalWait(current, run.task())
            .settled(asked, approvalId -> approved(run, approvalId, asked));
  }

  /** The run may have ended while a person thought about it: then the approval stays unused. */
  private ToolResult approved(AgentRun known, String approvalId, ToolResult asked) {
    return over(known) ? asked : tracked(approvalId);
  }

  /** With the decision of the whole turn; {@code null} if there is none on this call. */
  private @Nullable ToolResult together(boolean concurrent) {
    AgentRun known = run;
    Turn turn = known == null ? null : known.turn(concurrent ? request : null);
    if (known == null || turn == null) {
      return null;
    }
    AdapterSettings settings = current.settings();
    boolean lost =
        settings.denied() == AdapterSettings.Denied.ABORT
            && turn.denied(gate(), settings.approvalWait().isZero()) != null;
    Admission admission = turn.take(gate(), request, executor);
    return admission == null ? null : execute(known, admission, lost || over(known));
  }

  /** By itself, and still known to the run if it ends in the meantime. */
  private ToolResult tracked(@Nullable String approvalId) {
    if (run == null) {
      return alone();
    }
    Proposal proposal = approvedBy(approvalId, executor.proposal(gate(), run.task(), request));
    ToolCall call = gate().propose(proposal);
    return over(run)
        ? gate().execute(gate().refuseLate(call), body)
        : execute(run, gate().admit(List.of(call)).get(0), false);
  }

  private ToolResult execute(AgentRun known, Admission admission, boolean lost) {
    boolean begins = known.started(admission);
    try {
      if (lost || !begins) {
        gate().abandon(List.of(admission));
      }
      return gate().execute(admission, body);
    } finally {
      known.finished(admission);
    }
  }

  private ToolResult alone() {
    return gate().call(gate().propose(executor.proposal(gate(), task(), request)), body);
  }

  private static Proposal approvedBy(@Nullable String approvalId, Proposal plain) {
    return approvalId == null
        ? plain
        : new Proposal(
            plain.task(),
            plain.tool(),
            plain.arguments(),
            plain.frameworkId(),
            plain.spanOwner(),
            approvalId);
  }

  /** The ambient task stands in only where the framework carries nothing at all. */
  private @Nullable Task task() {
    if (run != null) {
      return run.task();
    }
    return carried ? null : Task.current();
  }

  private static boolean over(@Nullable AgentRun run) {
    return run != null && run.over();
  }

  private ToolGate gate() {
    return current.gate();
  }

  private static boolean denied(ToolResult result, ReasonCode reason) {
    return result instanceof ToolResult.Denied denied && denied.denial().reason() == reason;
  }
}
