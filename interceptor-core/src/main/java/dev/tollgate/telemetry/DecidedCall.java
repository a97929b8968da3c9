package dev.tollgate.telemetry;

import dev.tollgate.ToolCall;
import dev.tollgate.policy.Decision;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;

/**
 * What was decided on a call, without anything that a model or a user wrote.
 *
 * @param callId the decision's id in denials and the audit
 * @param tool the registered tool; {@code (unknown)} if the name was made up
 * @param tenant whose call it was; empty without a task
 * @param agent who acted; empty without a task
 * @param outcome permit, deny or needs_approval
 * @param reason the reason code; empty for a permit
 * @param enforced false if observe mode lets it run although it was denied
 */
public record DecidedCall(
    String callId,
    String tool,
    String tenant,
    String agent,
    String outcome,
    String reason,
    boolean enforced) {

  static DecidedCall of(ToolCall call, Decision decision, boolean enforced) {
    Task task = call.task();
    return new DecidedCall(
        call.id(),
        shown(call.tool()),
        task == null ? "" : task.conversation().tenant(),
        task == null ? "" : task.agent().id(),
        decision.outcome(),
        decision.reasonCode(),
        enforced);
  }

  /** A name that a model made up is not shown: it is the model's text. */
  static String shown(Tool tool) {
    return tool.standing() == Tool.Standing.UNKNOWN ? "(unknown)" : tool.name();
  }
}
