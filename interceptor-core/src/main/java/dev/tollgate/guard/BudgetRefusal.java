package dev.tollgate.guard;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.List;

/**
 * A budget that does not let a call through.
 *
 * @param reason why: it is used up, or nobody knows
 * @param budget whose, and of what, such as {@code task:calls}
 */
record BudgetRefusal(ReasonCode reason, String budget) {

  Decision decision() {
    return new Decision.Deny(new Basis("guard", "", List.of(budget)), reason);
  }
}
