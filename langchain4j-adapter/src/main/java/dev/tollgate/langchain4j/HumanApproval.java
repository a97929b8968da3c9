package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.internal.PendingResponse;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.workflow.HumanInTheLoop;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalState;
import dev.tollgate.json.Shown;
import dev.tollgate.langchain4j.agentic.AgenticTasks;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person's turn in an agentic system: it waits until people have answered for the calls of the
 * run that need approval, and what they approved is run by the gate, as it was stored. Which calls
 * wait, and what was answered, is known from the gate alone. Whatever else is written into the
 * scope, or completes the pending response, is text and approves nothing. Thread-safe.
 *
 * <p>A person answers at the {@link ApprovalDesk}; whoever took the answer there calls {@link
 * #answered}, also after a restart with a scope from the store.
 */
public final class HumanApproval {
  /** What the turn comes to where there is nothing to ask. */
  public static final String NOTHING_WAITS = "nothing waits for approval";

  private static final Logger log = LoggerFactory.getLogger(HumanApproval.class);
  private static final String BETWEEN_IDS = " ";
  private final Map<ToolSpecification, ToolExecutor> tools;

  private HumanApproval(Map<ToolSpecification, ToolExecutor> tools) {
    this.tools = tools;
  }

  /**
   * For calls of these tools.
   *
   * @param tools as AI services take them
   * @throws dev.langchain4j.service.IllegalConfigurationException if one has no {@code @Tool}
   *     method
   */
  public static HumanApproval of(Object... tools) {
    return new HumanApproval(ApprovedCall.toolsOf(tools));
  }

  /** Like {@link #of(Object...)}, with tools as {@code tools(Map)} takes them. */
  public static HumanApproval of(Map<ToolSpecification, ToolExecutor> tools) {
    return new HumanApproval(Map.copyOf(tools));
  }

  /**
   * The sub-agent; it comes after those whose calls may need approval.
   *
   * @param outputKey where the results of the calls are written, or the denials
   */
  public HumanInTheLoop agent(String outputKey) {
    return AgenticServices.humanInTheLoopBuilder()
        .description("Asks a person to approve what the agents may not do without")
        .outputKey(outputKey)
        .responseProvider(this::ask)
        .build();
  }

  /**
   * The turn itself, for a {@code responseProvider} of the application's own.
   *
   * @return a {@link PendingResponse} whose id holds the approvals' ids with spaces between, or
   *     text where nobody has to be waited for
   * @throws IllegalStateException if no task is carried in the scope, so that nobody knows which
   *     calls are this run's
   * @throws dev.tollgate.state.StateException if the store of approvals cannot be read
   */
  public Object ask(AgenticScope scope) {
    Task task = AgenticTasks.in(scope);
    Caller caller = task == null ? null : task.caller();
    if (task == null || caller == null) {
      throw new IllegalStateException("nobody knows whose calls these are: no task is carried");
    }
    ApprovalDesk desk = TollgateLangChain4j.gate().approvals();
    List<ApprovalRequest> open =
        desk == null
            ? List.of()
            : desk.open(caller.tenant()).stream()
                .filter(request -> request.call().taskId().equals(task.id()))
                .toList();
    List<String> ids = open.stream().map(ApprovalRequest::id).toList();
    if (ids.isEmpty()) {
      return NOTHING_WAITS;
    }
    return open.stream().anyMatch(request -> request.state() == ApprovalState.PENDING)
        ? new PendingResponse<String>(String.join(BETWEEN_IDS, ids))
        : run(ids, caller);
  }

  /**
   * Somebody answered. If that was the last answer the turn waited for, what was approved is run,
   * once, and the agents go on with the results.
   *
   * @param caller the user whose calls they were, with a token of its own
   * @return whether the turn ended by it
   * @throws dev.tollgate.state.StateException if the store of approvals cannot be read
   */
  public synchronized boolean answered(AgenticScope scope, String approvalId, Caller caller) {
    ApprovalDesk desk = TollgateLangChain4j.gate().approvals();
    String response =
        scope.pendingResponseIds().stream()
            .filter(id -> ids(id).contains(approvalId))
            .findFirst()
            .orElse(null);
    if (desk == null || response == null) {
      return false;
    }
    List<String> ids = ids(response);
    if (desk.pending(caller.tenant()).stream().anyMatch(one -> ids.contains(one.id()))) {
      return false;
    }
    scope.completePendingResponse(response, run(ids, caller));
    return true;
  }

  private static List<String> ids(String response) {
    return List.of(response.split(BETWEEN_IDS));
  }

  private String run(List<String> ids, Caller caller) {
    StringBuilder results = new StringBuilder();
    for (String id : ids) {
      results.append(results.isEmpty() ? "" : "\n").append(run(id, caller));
    }
    return results.toString();
  }

  /** What a tool throws must not leave the agents waiting. */
  private String run(String id, Caller caller) {
    try {
      return TollgateLangChain4j.resume(id, caller, tools);
    } catch (RuntimeException e) {
      log.error(
          "approval {}: the approved call failed: {}", Shown.text(id), e.getClass().getName());
      return "the approved call failed";
    }
  }
}
