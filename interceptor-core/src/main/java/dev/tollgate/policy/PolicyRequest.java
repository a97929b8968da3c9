package dev.tollgate.policy;

import dev.tollgate.json.JsonValue;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.time.Instant;

/**
 * One question to a policy decision point. In AuthZEN's words: the subject is the task's agent
 * acting for its caller, the action is the tool, the resource is the tool's destination, and the
 * rest is context. {@link AttributeCatalogue} says what a policy can read of it.
 *
 * @param callId the gate's id of the call
 * @param task who asked for what; its caller is present
 * @param tool the tool, from the registry and the manifest
 * @param arguments the parsed arguments
 * @param at wall time of the question
 * @param facts what else the gate knows
 */
public record PolicyRequest(
    String callId, Task task, Tool tool, JsonValue.Members arguments, Instant at, CallFacts facts) {

  /** A question about a call of which nothing else is known. */
  public PolicyRequest(
      String callId, Task task, Tool tool, JsonValue.Members arguments, Instant at) {
    this(callId, task, tool, arguments, at, CallFacts.NONE);
  }
}
