package dev.tollgate.springai;

import dev.tollgate.Denial;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.springai.task.ReactiveTask;
import dev.tollgate.task.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Holds a call on its own thread until a person has answered, where the application wants that.
 * Never on a thread of Reactor's: streams share a few of them, for all users.
 */
final class ApprovalWait {
  private ApprovalWait() {}

  /** Whether a call that waits for a person would be held on this thread. */
  static boolean holds(Gateway gateway) {
    return !gateway.settings().approvalWait().isZero()
        && !ReactiveTask.streaming()
        && !Schedulers.isInNonBlockingThread()
        && !Thread.currentThread().getName().startsWith("boundedElastic");
  }

  /**
   * Waits.
   *
   * @return the approval that was answered; {@code null} if there is none or nobody has answered
   */
  static @Nullable String answered(Gateway gateway, @Nullable Task task, Denial denial) {
    ApprovalDesk desk = gateway.gate().approvals();
    String id = denial.approvalId();
    if (desk == null || id == null || task == null || !holds(gateway)) {
      return null;
    }
    Duration atMost = gateway.settings().approvalWait();
    return desk.answered(task.conversation().tenant(), id, atMost) ? id : null;
  }
}
