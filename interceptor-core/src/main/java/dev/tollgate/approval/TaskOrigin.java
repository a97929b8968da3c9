package dev.tollgate.approval;

import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What it takes to go on with a task after an approval, also in another process. The user's token
 * is not part of it: whoever resumes brings the user's own.
 *
 * @param agent who acts, with all that policies know of it
 * @param intentDigest the keyed digest of the intent's words
 * @param ends the task's deadline, on the wall clock
 * @param agents the agents that had a hand in it, the acting one last
 * @param delegations the ids of the delegations it hangs on
 * @param delegation the signed delegation, empty if there is none
 * @param history what the task had done by then: policies go by it when the call runs
 */
public record TaskOrigin(
    AgentIdentity agent,
    String conversation,
    Intent intent,
    String intentDigest,
    String environment,
    Instant startedAt,
    Instant ends,
    List<String> agents,
    List<String> delegations,
    String delegation,
    TaskHistory history) {
  public TaskOrigin {
    agents = List.copyOf(agents);
    delegations = List.copyOf(delegations);
  }

  static TaskOrigin of(Task task, Instant ends) {
    List<String> agents = new ArrayList<>();
    List<String> delegations = new ArrayList<>();
    String token = "";
    if (task.delegation() instanceof VerifiedDelegation delegation) {
      for (VerifiedDelegation.Hop hop : delegation.hops()) {
        agents.add(hop.from());
        delegations.add(hop.id());
      }
      token = delegation.token();
    }
    agents.add(task.agent().id());
    return new TaskOrigin(
        task.agent(),
        task.conversation().id(),
        task.intent(),
        task.intentDigest(),
        task.environment(),
        task.startedAt(),
        ends,
        agents,
        delegations,
        token,
        task.life().history());
  }

  /** Not the words: they are the user's. */
  @Override
  public String toString() {
    return "TaskOrigin[" + conversation + "]";
  }
}
