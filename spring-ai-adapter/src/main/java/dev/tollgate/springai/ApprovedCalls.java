package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/**
 * Runs calls that waited for approval: the stored call, exactly once, whatever a model says by now.
 * Thread-safe.
 */
public final class ApprovedCalls {
  private final Supplier<ToolGate> gate;

  ApprovedCalls(Supplier<ToolGate> gate) {
    this.gate = gate;
  }

  /** Like {@link #resume(String, Caller, List, Map)}, with an empty tool context. */
  public String resume(String approvalId, Caller caller, List<ToolCallback> tools) {
    return resume(approvalId, caller, tools, Map.of());
  }

  /**
   * Runs one.
   *
   * @param approvalId the {@code approval_id} of the denial
   * @param caller the user whose call it was, with a token of its own
   * @param tools the tools, as the application has them now
   * @param toolContext what the application gives its tools, as {@code toolContext(…)} of a chat
   *     takes it
   * @return what the tool returned, or the denial as a model would get it; what the callback throws
   *     is thrown, and the approval is used up by it
   * @throws dev.tollgate.state.StateException if the store of approvals cannot be read
   */
  public String resume(
      String approvalId, Caller caller, List<ToolCallback> tools, Map<String, Object> toolContext) {
    String wanted = wanted(approvalId, caller);
    OfferedTools offered =
        new OfferedTools(
            tools.stream().filter(one -> one.getToolDefinition().name().equals(wanted)).toList());
    offered.proposed(wanted);
    ToolCallback callback = offered.callbacks().get(0);
    Tool tool = offered.describe(gate.get(), wanted);
    ToolContext context = new ToolContext(toolContext);
    ToolResult result =
        gate.get()
            .resume(
                approvalId,
                caller,
                tool,
                arguments -> {
                  String text = callback.call(arguments, context);
                  return ToolResult.returned(text == null ? "" : text);
                });
    return GuardedToolCallback.text(result);
  }

  /** Where there is none, also where there is no such approval, the gate denies, on record. */
  private String wanted(String approvalId, Caller caller) {
    ApprovalDesk desk = gate.get().approvals();
    return desk == null
        ? "(none)"
        : desk.find(caller.tenant(), approvalId)
            .map(ApprovalRequest::call)
            .map(call -> call.tool())
            .orElse("(none)");
  }
}
