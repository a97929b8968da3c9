package dev.tollgate.task;

import dev.tollgate.CallStage;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.WallWatch;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The call belongs to a live task that somebody asked for. */
public final class IntentStage implements CallStage {
  private static final Decision PERMIT = Decision.permit(Basis.of("intent"));
  private final GateClock clock;
  private final WallWatch wall = new WallWatch();

  public IntentStage(GateClock clock) {
    this.clock = clock;
  }

  @Override
  public Decision decide(ToolCall call) {
    ReasonCode reason = wall.setBack(clock.now()) ? ReasonCode.CLOCK_SET_BACK : refuse(call.task());
    return reason == null ? PERMIT : Decision.deny("intent", reason);
  }

  private @Nullable ReasonCode refuse(@Nullable Task task) {
    if (task == null) {
      return ReasonCode.TASK_MISSING;
    }
    Task ambient = Task.current();
    // Inside delegated work nobody acts with more than was handed over.
    if (ambient != null && (!ambient.id().equals(task.id()) || !task.within(ambient))) {
      return ReasonCode.TASK_MISMATCH;
    }
    if (clock.nanos() - task.deadlineNanos() > 0) {
      return ReasonCode.TASK_EXPIRED;
    }
    if (task.conversation().tenant().isEmpty()) {
      return ReasonCode.TENANT_MISSING;
    }
    return task.caller() == null ? ReasonCode.SUBJECT_MISSING : null;
  }
}
