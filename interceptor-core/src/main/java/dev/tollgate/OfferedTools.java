package dev.tollgate;

import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.json.Shown;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.RaisedEffects;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tools a model is told of. It is no decision: whatever a model calls is decided on, whether
 * it was offered or not. Thread-safe.
 */
final class OfferedTools {
  private static final Logger log = LoggerFactory.getLogger(OfferedTools.class);
  private final PolicyDecisionPoint policy;
  private final boolean observe;

  OfferedTools(PolicyDecisionPoint policy, boolean observe) {
    this.policy = new RaisedEffects(policy);
    this.observe = observe;
  }

  boolean offers(Task task, Tool tool) {
    return switch (tool.standing()) {
      // Nobody has reviewed their descriptions either, and those are what a model obeys.
      case UNLOCKED, AMBIGUOUS -> false;
      case UNKNOWN -> true;
      case LISTED, UNLISTED -> !tool.changedSincePinned() && (observe || couldRun(task, tool));
    };
  }

  private boolean couldRun(Task task, Tool tool) {
    if (task.delegation() instanceof VerifiedDelegation delegation
        && !delegation.grant().tools().contains(tool.name())) {
      return false;
    }
    if (task.caller() == null) {
      return true; // a call will say what is missing
    }
    try {
      return policy.couldPermit(task, tool);
    } catch (RuntimeException | Error e) {
      // A call of it is decided on, and will fail on record.
      log.error(
          "policy {} failed with {} on whether to offer {}; it is offered",
          policy.name(),
          e.getClass().getName(),
          Shown.text(tool.name()));
      return true;
    }
  }
}
