package dev.tollgate;

import dev.tollgate.audit.CallJournal;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes admissions of decisions: the right to run a call, or a refusal. */
final class Admissions {
  private final GateParts parts;

  Admissions(GateParts parts) {
    this.parts = parts;
  }

  List<Admission> decide(List<ToolCall> calls) {
    try {
      return decided(calls);
    } finally {
      parts.questions.forget(calls);
    }
  }

  private List<Admission> decided(List<ToolCall> calls) {
    long start = parts.clock.nanos();
    List<Decision> decisions = parts.admission.decide(calls);
    parts.telemetry.decisionTook(parts.clock.nanos() - start);
    if (calls.size() == 1) {
      return List.of(of(calls.get(0), decisions.get(0))); // as nearly always
    }
    List<Admission> admissions = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      admissions.add(of(calls.get(i), decisions.get(i)));
    }
    return admissions;
  }

  /** Refuses a call about which there is nothing to ask. */
  Admission refuse(ToolCall call, ReasonCode reason) {
    Decision deny = Decision.deny("gate", reason);
    return of(call, deny);
  }

  private Admission of(ToolCall call, Decision decision) {
    Task task = call.task();
    if (task != null) {
      task.life().decided();
    }
    ReasonCode reason = reason(decision);
    boolean runs =
        call.arguments() instanceof Arguments.Parsed
            && (reason == null || (parts.observe && reason.observable()));
    boolean enforced = !runs || reason == null;
    parts.telemetry.decided(call, decision, enforced);
    CallJournal journal = parts.factory.journal(call, decision, reason, enforced);
    parts.questions.note(call, journal);
    if (runs && call.arguments() instanceof Arguments.Parsed parsed) {
      long expires = parts.clock.nanos() + lifetime(decision).toNanos();
      return new AdmittedCall(parts, call, parsed, decision, journal, expires);
    }
    ReasonCode why = reason == null ? ReasonCode.STAGE_FAILED : reason;
    parts.budgets.denied(task);
    if (task != null) {
      task.life().denied();
    }
    String approval = decision instanceof Decision.NeedsApproval needs ? needs.approvalId() : null;
    return new Refusal(call, decision, new Denial(why, call.id(), approval), journal);
  }

  /**
   * A person said until when the call may run, and has said so once: behind a slow sibling it must
   * not expire earlier, or nobody could run it any more.
   */
  private Duration lifetime(Decision decision) {
    Duration most = parts.limits.admission();
    for (Obligation obligation : Decision.obligations(decision)) {
      if (obligation instanceof Obligation.ApprovedUntil until) {
        Duration approved = Duration.between(parts.clock.now(), until.end());
        most = approved.compareTo(most) > 0 ? approved : most;
      }
    }
    return most;
  }

  /** An unresolved approval is a deny. */
  private static @Nullable ReasonCode reason(Decision decision) {
    if (decision instanceof Decision.Deny deny) {
      return deny.reason();
    }
    return decision instanceof Decision.NeedsApproval ? ReasonCode.APPROVAL_REQUIRED : null;
  }

  /** What becomes of a call whose decision could not be recorded. */
  Refusal unrecorded(ToolCall call) {
    // A closed gate has closed its audit: that is the reason, and the audit's end only follows.
    ReasonCode reason =
        parts.closed.getAsBoolean() ? ReasonCode.GATE_CLOSED : ReasonCode.AUDIT_UNAVAILABLE;
    Decision deny = Decision.deny("gate", reason);
    parts.telemetry.decided(call, deny, true);
    return new Refusal(call, deny, new Denial(reason, call.id()), parts.factory.emptyJournal(call));
  }
}
