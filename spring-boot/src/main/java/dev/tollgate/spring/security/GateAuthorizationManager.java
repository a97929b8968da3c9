package dev.tollgate.spring.security;

import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/**
 * The gate as an authorization manager: whether a tool call would be let through, asked by whoever
 * is signed in about a call of their own. Every question is a decision like any other: on record,
 * and counted by budgets and loops. The call does not run by it. Thread-safe.
 */
public final class GateAuthorizationManager implements AuthorizationManager<ToolCall> {
  private final Supplier<ToolGate> gate;
  private final SignedInCallers callers;

  GateAuthorizationManager(Supplier<ToolGate> gate, SignedInCallers callers) {
    this.gate = gate;
    this.callers = callers;
  }

  @Override
  public ToolAuthorization authorize(
      Supplier<? extends @Nullable Authentication> authentication, ToolCall call) {
    ReasonCode stranger = stranger(authentication.get(), call.task());
    return stranger == null ? decided(call) : new ToolAuthorization(stranger, call.id());
  }

  /** What the 6.5 line of Spring Security calls it; the 7 line has only {@link #authorize}. */
  public AuthorizationDecision check(
      Supplier<? extends @Nullable Authentication> authentication, Object call) {
    return authorize(authentication, (ToolCall) call);
  }

  private ToolAuthorization decided(ToolCall call) {
    Decision decision = gate.get().admit(List.of(call)).get(0).decision();
    if (decision instanceof Decision.NeedsApproval needs) {
      return new ToolAuthorization.ApprovalNeeded(needs.approvalId(), call.id());
    }
    return new ToolAuthorization(
        decision instanceof Decision.Deny deny ? deny.reason() : null, call.id());
  }

  /** Nobody learns what another user's agent may do. */
  private @Nullable ReasonCode stranger(@Nullable Authentication who, @Nullable Task task) {
    try {
      if (who == null) {
        return ReasonCode.SUBJECT_MISSING;
      }
      Caller asking = callers.of(who);
      Caller working = task == null ? null : task.caller();
      boolean same =
          working == null // denied by the gate, with its own reason
              || (working.subject().equals(asking.subject())
                  && working.tenant().equals(asking.tenant()));
      return same ? null : ReasonCode.TASK_MISMATCH;
    } catch (NotSignedInException e) {
      return ReasonCode.SUBJECT_MISSING;
    }
  }
}
