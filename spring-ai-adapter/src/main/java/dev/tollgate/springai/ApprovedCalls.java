package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.ApprovalState;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.aop.framework.AopProxyUtils;

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
    ToolCallback callback = offered.callback(wanted);
    Tool tool = offered.describe(gate.get(), wanted);
    ToolContext context = new ToolContext(toolContext);
    ToolResult result =
        gate.get()
            .resume(
                approvalId,
                caller,
                tool,
                arguments -> CalledTool.run(callback, arguments, context));
    return GuardedToolCallback.text(result);
  }

  /**
   * Goes on with a turn that was suspended: the calls that people approved run, once, as they were
   * stored; a call that nobody had to be asked about is decided on anew, and runs along with them.
   * Resumed again, or by several threads at once, it runs nothing twice: the results are denials.
   * Where no call of the turn is approved none of it runs.
   *
   * @param turn from the {@link ApprovalRequiredException}, or made of what the application kept
   * @param caller the user whose turn it was, with a token of its own
   * @param manager the bean, which the gate guards
   * @return results for all calls of the turn, denials among them, and the task to go on in
   * @throws ApprovalRequiredException if a call of the turn still waits for its answer; nothing was
   *     decided on then
   * @throws ToolDeniedException if a call is denied, with {@code tollgate.denied=abort}
   * @throws IllegalArgumentException if the manager is not guarded
   * @throws dev.tollgate.state.StateException if the store of approvals cannot be read
   */
  public ResumedTurn resume(SuspendedTurn turn, Caller caller, ToolCallingManager manager) {
    if (AopProxyUtils.ultimateTargetClass(manager) != GuardedToolCallingManager.class) {
      throw new IllegalArgumentException("the manager is not guarded: it would run everything");
    }
    List<ApprovalRequest> requests = new ArrayList<>();
    ApprovalDesk desk = gate.get().approvals();
    if (desk != null) {
      for (String id : turn.approvalIds()) {
        desk.find(caller.tenant(), id).ifPresent(requests::add);
      }
    }
    if (requests.stream().anyMatch(ApprovedCalls::waits)) {
      throw new ApprovalRequiredException(turn);
    }
    String first = requests.isEmpty() ? turn.approvalIds().get(0) : requests.get(0).id();
    // Somebody tried, and that goes on record like every call.
    Task task =
        gate.get()
            .taskOf(first, caller)
            .orElseGet(
                () ->
                    gate.get().startTask(new Intent(Intent.Source.EVENT, ""), null, caller, null));
    PresentedApprovals presented =
        new PresentedApprovals(requests, requests.isEmpty() ? first : null);
    try (Scope carried = CarriedTask.put(task);
        Scope here = presented.put()) {
      return new ResumedTurn(task, manager.executeToolCalls(turn.prompt(), turn.response()));
    }
  }

  private static boolean waits(ApprovalRequest request) {
    return request.state() == ApprovalState.PENDING && Instant.now().isBefore(request.expiresAt());
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
