package dev.tollgate.springai;

import dev.tollgate.Admission;
import dev.tollgate.Denial;
import dev.tollgate.Refusal;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Pending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stops a turn before anything of it has run, where that is how a denial is to end. */
final class TurnStop {
  private TurnStop() {}

  /**
   * Returns if the turn goes on.
   *
   * @param decided the gate's answers to its calls
   * @param resumed whether it was suspended before: it is not suspended again
   * @throws ToolDeniedException if a denial ends the chat
   * @throws ApprovalRequiredException if a person has to be asked first
   */
  static void check(Gateway gateway, List<Admission> decided, ModelTurn turn, boolean resumed) {
    AdapterSettings settings = gateway.settings();
    boolean suspends = settings.pending() == Pending.SUSPEND && !resumed;
    if (settings.denied() == Denied.ABORT) {
      Denial lost = lost(decided, !suspends && !ApprovalWait.holds(gateway));
      if (lost != null) {
        throw new ToolDeniedException(lost);
      }
    }
    List<String> waiting = suspends ? waiting(decided) : List.of();
    if (!waiting.isEmpty()) {
      throw new ApprovalRequiredException(
          new SuspendedTurn(turn.prompt(), turn.response(), waiting));
    }
  }

  /**
   * The first denial; {@code null} if there is none.
   *
   * @param pending whether a call that waits for approval is one
   */
  private static @Nullable Denial lost(List<Admission> decided, boolean pending) {
    for (Admission one : decided) {
      if (one instanceof Refusal no && (pending || no.denial().approvalId() == null)) {
        return no.denial();
      }
    }
    return null;
  }

  /** The approvals that calls wait for, each once; empty if none does. */
  private static List<String> waiting(List<Admission> decided) {
    List<String> ids = new ArrayList<>();
    for (Admission one : decided) {
      String id = one instanceof Refusal no ? no.denial().approvalId() : null;
      if (id != null && !ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }
}
