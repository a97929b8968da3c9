package dev.tollgate.guard;

import dev.tollgate.ToolCall;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.List;

/** What a call hangs on: if any of it is revoked, the call is. */
final class CallTargets {
  private CallTargets() {}

  static List<RevocationTarget> of(ToolCall call) {
    Task task = call.task();
    return task == null ? List.of() : of(task);
  }

  static List<RevocationTarget> of(Task task) {
    String tenant = task.conversation().tenant();
    List<RevocationTarget> targets = new ArrayList<>(8);
    targets.add(RevocationTarget.task(tenant, task.id()));
    targets.add(RevocationTarget.tenant(tenant));
    targets.add(RevocationTarget.agent(tenant, task.agent().id()));
    if (task.caller() != null) {
      targets.add(RevocationTarget.subject(tenant, task.caller().subject()));
    }
    if (task.delegation() instanceof VerifiedDelegation delegation) {
      for (VerifiedDelegation.Hop hop : delegation.hops()) {
        targets.add(RevocationTarget.delegation(tenant, hop.id()));
        targets.add(RevocationTarget.agent(tenant, hop.from()));
      }
    }
    return targets;
  }
}
