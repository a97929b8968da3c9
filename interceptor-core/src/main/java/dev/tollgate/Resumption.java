package dev.tollgate;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a proposal of a call that waited for approval: what was stored, and nothing a model says.
 */
final class Resumption {
  private static final Logger log = LoggerFactory.getLogger(ToolGate.class);

  /**
   * What is to be resumed.
   *
   * @param proposal the stored call, or one that stands in for it
   * @param missing why there is nothing to resume; {@code null} if there is
   */
  record Found(Proposal proposal, @Nullable ReasonCode missing) {}

  private final GateParts parts;

  Resumption(GateParts parts) {
    this.parts = parts;
  }

  Found find(String approvalId, Caller caller, Tool tool) {
    try {
      ApprovalRequest request =
          parts.approvals == null
              ? null
              : parts.approvals.find(caller.tenant(), approvalId).orElse(null);
      return request == null
          ? nothing(approvalId, caller, tool, ReasonCode.APPROVAL_UNKNOWN)
          : new Found(
              proposal(restored(request, caller), tool, request.arguments(), approvalId), null);
    } catch (StateException e) {
      log.error("approval {} could not be read; it is not resumed", approvalId, e);
      return nothing(approvalId, caller, tool, ReasonCode.APPROVAL_UNAVAILABLE);
    }
  }

  /** Somebody tried, and that goes on record like every call. */
  private Found nothing(String approvalId, Caller caller, Tool tool, ReasonCode missing) {
    Task task = parts.factory.startTask(new Intent(Intent.Source.EVENT, ""), null, caller, null);
    return new Found(proposal(task, tool, "", approvalId), missing);
  }

  /** Only for whom the call was: what was asked for is the user's. */
  Optional<Task> task(String approvalId, Caller caller) {
    return parts.approvals == null
        ? Optional.empty()
        : parts
            .approvals
            .find(caller.tenant(), approvalId)
            .filter(request -> request.call().subject().equals(caller.subject()))
            .map(request -> restored(request, caller));
  }

  private static Proposal proposal(Task task, Tool tool, String arguments, String approvalId) {
    return new Proposal(task, tool, arguments, null, SpanOwner.GATE, approvalId);
  }

  private Task restored(ApprovalRequest request, Caller caller) {
    Task task = parts.factory.restored(request, caller);
    String delegation = request.origin().delegation();
    return delegation.isEmpty() ? task : parts.delegations.again(delegation, task);
  }
}
