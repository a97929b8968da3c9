package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.AdmittedCall;
import dev.tollgate.Arguments;
import dev.tollgate.Refusal;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.reason.ReasonCode;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application presents for the calls of a turn that was suspended. The guard takes it from
 * the thread, so that chats inside the tools do not find it. Each is presented for one call.
 */
final class PresentedApprovals {
  private static final ThreadLocal<@Nullable PresentedApprovals> THREAD = new ThreadLocal<>();

  private final List<ApprovalRequest> left;
  private final @Nullable String unknown;

  /**
   * @param requests those that there are
   * @param unknown an id, where there is none of them: no call may pass then
   */
  PresentedApprovals(List<ApprovalRequest> requests, @Nullable String unknown) {
    this.left = new ArrayList<>(requests);
    this.unknown = unknown;
  }

  /** For what the guard on this thread does next, until the scope is closed. */
  Scope put() {
    THREAD.set(this);
    return THREAD::remove;
  }

  static @Nullable PresentedApprovals take() {
    PresentedApprovals found = THREAD.get();
    if (found != null) {
      THREAD.remove();
    }
    return found;
  }

  /** The approval that is for this call; the gate looks at everything else again. */
  @Nullable String of(ToolCall call) {
    if (unknown != null) {
      return unknown;
    }
    for (Iterator<ApprovalRequest> all = left.iterator(); all.hasNext(); ) {
      ApprovalRequest next = all.next();
      if (next.call().tool().equals(call.tool().name())
          && call.arguments() instanceof Arguments.Parsed parsed
          && parsed.canonical().equals(next.arguments())) {
        all.remove();
        return next.id();
      }
    }
    return null;
  }

  /**
   * What needed no approval runs along with a call whose approval is used here, and never again
   * with one that was used before: so each call of the turn runs once, however often and from how
   * many threads the turn is resumed.
   */
  void bind(List<Admission> decided, ToolGate gate) {
    boolean used = false;
    boolean before = false;
    List<Admission> others = new ArrayList<>();
    for (Admission admission : decided) {
      if (admission.call().approval() == null) {
        others.add(admission);
      } else if (admission instanceof AdmittedCall) {
        used = true;
      } else {
        before |= ((Refusal) admission).denial().reason() == ReasonCode.APPROVAL_USED;
      }
    }
    if (!used || before) {
      gate.abandon(others);
    }
  }
}
