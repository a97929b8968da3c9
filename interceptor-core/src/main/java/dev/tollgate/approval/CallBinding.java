package dev.tollgate.approval;

import dev.tollgate.ToolCall;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Everything that makes a call this call and no other. An approval is good for one of these.
 *
 * @param arguments the keyed digest of the canonical arguments
 * @param revision the revision of the policies under which a person was asked for
 */
public record CallBinding(
    String tenant,
    String taskId,
    String agent,
    String subject,
    String tool,
    String source,
    String definition,
    String destination,
    String arguments,
    String revision) {

  static CallBinding of(ToolCall call, Task task, String revision) {
    return new CallBinding(
        task.conversation().tenant(),
        task.id(),
        task.agent().id(),
        task.caller() == null ? "" : task.caller().subject(),
        call.tool().name(),
        call.tool().source(),
        call.tool().definitionDigest(),
        call.tool().destination(),
        call.arguments().digest(),
        revision);
  }

  /** What a call of this kind is found by; the same under other policies. */
  String key(KeyedDigest digest) {
    StringBuilder all = new StringBuilder(512);
    for (String part :
        new String[] {
          tenant, taskId, agent, subject, tool, source, definition, destination, arguments
        }) {
      all.append(part.length()).append(':').append(part); // so that no part can reach into the next
    }
    return digest.of(tenant, all.toString());
  }

  /** Whether it is the same call, perhaps under other policies. */
  public boolean same(CallBinding other) {
    ReasonCode different = differs(other);
    return different == null || different == ReasonCode.APPROVAL_POLICY_CHANGED;
  }

  /** In what another call differs from this one; {@code null} if in nothing. */
  @Nullable ReasonCode differs(CallBinding other) {
    if (!tenant.equals(other.tenant) || !subject.equals(other.subject)) {
      return ReasonCode.APPROVAL_SUBJECT_CHANGED;
    }
    if (!taskId.equals(other.taskId)) {
      return ReasonCode.APPROVAL_TASK_CHANGED;
    }
    if (!agent.equals(other.agent)) {
      return ReasonCode.APPROVAL_AGENT_CHANGED;
    }
    if (!tool.equals(other.tool)
        || !source.equals(other.source)
        || !definition.equals(other.definition)
        || !destination.equals(other.destination)) {
      return ReasonCode.APPROVAL_TOOL_CHANGED;
    }
    if (!arguments.equals(other.arguments)) {
      return ReasonCode.APPROVAL_ARGUMENTS_CHANGED;
    }
    return revision.equals(other.revision) ? null : ReasonCode.APPROVAL_POLICY_CHANGED;
  }
}
