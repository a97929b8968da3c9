package dev.tollgate.guard;

import dev.tollgate.ExecutionInterceptor;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a call spends out of the budgets, and counts what it returned. Stands right before the
 * credential: what is taken is not given back, so as little as possible may stop the call after
 * this. Thread-safe.
 */
public final class SpendBudget implements ExecutionInterceptor {
  private static final Logger log = LoggerFactory.getLogger(SpendBudget.class);
  private final Budgets budgets;
  private final DelegatedAmounts delegated;
  private final boolean observe;

  /**
   * @param observe counts, and stops a call only for reasons that observe mode never opens
   */
  public SpendBudget(Budgets budgets, DelegatedAmounts delegated, boolean observe) {
    this.budgets = budgets;
    this.delegated = delegated;
    this.observe = observe;
  }

  @Override
  public ToolResult intercept(Chain chain) {
    ToolCall call = chain.call().call();
    Task task = call.task();
    ReasonCode refused = task == null ? enforced(ReasonCode.TASK_MISSING) : spend(call, task);
    if (refused != null) {
      return chain.deny(refused);
    }
    ToolResult result = chain.proceed();
    if (task != null && result instanceof ToolResult.Returned returned) {
      budgets.overdraw(task, Meter.BYTES, bytes(returned.text()));
    }
    return result;
  }

  private @Nullable ReasonCode spend(ToolCall call, Task task) {
    Map<String, Long> amounts = Amounts.of(call, task, budgets);
    if (amounts == null) {
      return ReasonCode.AMOUNT_UNREADABLE;
    }
    ReasonCode refused = null;
    if (call.tool().credential() != null) {
      refused = enforced(call, budgets.charge(task, Meter.CREDENTIALS, 1));
    }
    if (refused == null && !amounts.isEmpty()) {
      refused = enforced(call, budgets.reserve(task, amounts));
    }
    if (refused == null
        && !amounts.isEmpty()
        && task.delegation() instanceof VerifiedDelegation delegation) {
      refused = enforced(delegated(call, task, delegation, amounts));
    }
    return refused;
  }

  private @Nullable ReasonCode delegated(
      ToolCall call, Task task, VerifiedDelegation delegation, Map<String, Long> amounts) {
    try {
      return delegated.spend(task, delegation, amounts);
    } catch (StateException e) {
      log.error("delegation: the state store failed for call {}", call.id(), e);
      return ReasonCode.STATE_UNAVAILABLE;
    } catch (RuntimeException | Error e) {
      log.error("delegation: nobody knows what is left for call {}", call.id(), e);
      return ReasonCode.STAGE_FAILED;
    }
  }

  private @Nullable ReasonCode enforced(ToolCall call, @Nullable BudgetRefusal refused) {
    if (refused == null) {
      return null;
    }
    log.info("call {}: budget {} refuses: {}", call.id(), refused.budget(), refused.reason());
    return enforced(refused.reason());
  }

  private @Nullable ReasonCode enforced(@Nullable ReasonCode reason) {
    return reason != null && observe && reason.observable() ? null : reason;
  }

  /** The length in UTF-8, without writing it. */
  static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Half of a pair counts as 2, and the pair as the 4 that it has.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
