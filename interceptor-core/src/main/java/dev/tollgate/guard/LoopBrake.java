package dev.tollgate.guard;

import dev.tollgate.ToolCall;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.CallTrail;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps up a task's first loop and stops the task at its second: a person was asked, and the agent
 * goes on. It need not be the same loop, and calls in between change nothing.
 */
final class LoopBrake {
  private static final Logger log = LoggerFactory.getLogger(LoopBrake.class);
  private final KillSwitch kill;
  private final Predicate<ToolCall> approved;
  private final boolean observe;

  /**
   * @param approved whether a person has said yes to this very call, and it has not run yet
   */
  LoopBrake(KillSwitch kill, Predicate<ToolCall> approved, boolean observe) {
    this.kill = kill;
    this.approved = approved;
    this.observe = observe;
  }

  /**
   * Decides on one more call of a task.
   *
   * @param warned whether a call proposed together with this one was stepped up: the agent does not
   *     know yet, so it is no going on
   * @return {@code null} if it is no loop
   */
  @Nullable Decision decide(ToolCall call, Task task, boolean warned) {
    CallTrail trail = task.life().trail();
    if (call.approval() != null) {
      trail.clear(); // a person has looked; whether it is for this call is checked later
      return null;
    }
    LoopWatch.Rule rule = trail.add(CallFingerprint.of(call), LoopWatch::broken);
    if (rule == null) {
      return null;
    }
    Basis basis = new Basis("guard", "", List.of(rule.text()));
    if (approved.test(call)) {
      trail.clear(); // a person has looked, and the approval stage lets it through once
      return new Decision.NeedsApproval(basis, List.of());
    }
    if (warned || trail.warn() == 0) {
      return new Decision.NeedsApproval(basis, List.of());
    }
    if (!observe) {
      stop(call, task);
    }
    return new Decision.Deny(basis, ReasonCode.LOOP_DETECTED);
  }

  private void stop(ToolCall call, Task task) {
    try {
      Revocation unused = kill.stopLoop(task);
    } catch (RuntimeException | Error e) { // it holds here, and this call is denied in any case
      log.error("call {}: its task is stopped here, but others may not know", call.id(), e);
    }
  }
}
