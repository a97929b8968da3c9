package dev.tollgate;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a proposal of a call that waited for approval: what was stored, and nothing a model says.
 */
final class Resumption {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);
  private final GateParts parts;

  Resumption(GateParts parts) {
    this.parts = parts;
  }

  /** Where nothing is stored, a call that the approval stage does not find, and so denies. */
  Proposal of(String approvalId, Caller caller, Tool tool) {
    ApprovalRequest request = stored(approvalId, caller);
    Task task =
        request == null
            ? parts.factory.startTask(new Intent(Intent.Source.EVENT, ""), null, caller, null)
            : restored(request, caller);
    String arguments = request == null ? "" : request.arguments();
    return new Proposal(task, tool, arguments, null, SpanOwner.GATE, approvalId);
  }

  private @Nullable ApprovalRequest stored(String approvalId, Caller caller) {
    try {
      return parts.approvals == null
          ? null
          : parts.approvals.find(caller.tenant(), approvalId).orElse(null);
    } catch (StateException e) {
      log.error("approval {} could not be read; it is not resumed", approvalId, e);
      return null;
    }
  }

  private Task restored(ApprovalRequest request, Caller caller) {
    Task task = parts.factory.restored(request, caller);
    String delegation = request.origin().delegation();
    return delegation.isEmpty() ? task : parts.delegations.again(delegation, task);
  }
}
