package dev.tollgate.langchain4j.delegate;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.Delegation;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.delegation.RefusedDelegation;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskLife;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of tasks in the hands of the agents that declare what they need. An agent that is invoked
 * again works on with what it has, so that a loop does not multiply its budget. For the adapter.
 * Thread-safe.
 */
public final class HandedOn {
  private static final Logger log = LoggerFactory.getLogger(HandedOn.class);

  private record Place(@Nullable Delegation from, Grant grant) {}

  private record Handed(VerifiedDelegation delegation, long ends) {}

  // By the life, not the task: a task's copies share it, and no value here holds on to it.
  private final Map<TaskLife, Map<Place, Handed>> byTask = new WeakHashMap<>();

  /**
   * The part of a task that an agent has.
   *
   * @return the task in the receiver's hands; one in which every call is denied where it could not
   *     be handed on
   */
  public Task hand(ToolGate gate, Task giver, Grant grant) {
    AgentIdentity receiver = AgentIdentity.of(grant.to());
    Map<Place, Handed> known;
    synchronized (byTask) {
      known = byTask.computeIfAbsent(giver.life(), life -> new HashMap<>());
    }
    Place place = new Place(giver.delegation(), grant);
    synchronized (known) {
      Handed handed = known.get(place);
      if (handed != null) {
        return giver.delegated(receiver, handed.delegation, handed.ends);
      }
      Task task = first(gate, giver, grant, receiver);
      if (task.delegation() instanceof VerifiedDelegation verified) {
        known.put(place, new Handed(verified, task.deadlineNanos()));
      }
      return task;
    }
  }

  private static Task first(ToolGate gate, Task giver, Grant grant, AgentIdentity receiver) {
    Caller caller = giver.caller();
    if (caller == null) {
      return refused(giver, receiver, ReasonCode.SUBJECT_MISSING);
    }
    try (Scope within = giver.open()) { // or it would be another task, without the user's words
      String signed = gate.delegations().delegate(giver, grant);
      return gate.delegations().accept(signed, caller, receiver);
    } catch (DelegationException e) {
      return refused(giver, receiver, e.reason());
    } catch (RuntimeException e) {
      log.error("an agent's part of a task could not be handed on: {}", e.getClass().getName());
      return refused(giver, receiver, ReasonCode.STAGE_FAILED);
    }
  }

  private static Task refused(Task giver, AgentIdentity receiver, ReasonCode reason) {
    return giver.delegated(receiver, new RefusedDelegation(reason), giver.deadlineNanos());
  }
}
