package dev.tollgate.guard;

import dev.tollgate.CallStage;
import dev.tollgate.GateClock;
import dev.tollgate.ToolCall;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The call hangs on nothing that was revoked, its task is in use, every budget has something left,
 * and the agent does not go round in circles. Before the policy and the token server are asked.
 */
public final class GuardStage implements CallStage {
  private static final String NAME = "guard";
  private static final Decision PERMIT = Decision.permit(Basis.of(NAME));
  private final GuardSettings settings;
  private final Budgets budgets;
  private final Revocations revocations;
  private final GateClock clock;
  private final LoopBrake brake;

  /**
   * @param approved whether a person has said yes to this very call, and it has not run yet
   * @param observe only decides: a loop revokes no task
   */
  public GuardStage(
      GuardSettings settings,
      Budgets budgets,
      Revocations revocations,
      KillSwitch kill,
      Predicate<ToolCall> approved,
      GateClock clock,
      boolean observe) {
    this.settings = settings;
    this.budgets = budgets;
    this.revocations = revocations;
    this.clock = clock;
    this.brake = new LoopBrake(kill, approved, observe);
  }

  @Override
  public Decision decide(ToolCall call) {
    return decide(call, new Batch());
  }

  @Override
  public List<Decision> decide(List<ToolCall> calls) {
    Batch batch = new Batch();
    List<Decision> decisions = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      decisions.add(decide(call, batch));
    }
    return decisions;
  }

  /** What calls that were proposed together share. */
  private static final class Batch {
    private @Nullable Map<StateKey, Long> amounts;
    private boolean warned;

    /** Made when a call spends something, which few do. */
    Map<StateKey, Long> amounts() {
      Map<StateKey, Long> known = amounts == null ? new HashMap<>() : amounts;
      amounts = known;
      return known;
    }
  }

  private Decision decide(ToolCall call, Batch batch) {
    Task task = call.task();
    if (task == null) { // earlier stages let nothing through without one
      return Decision.deny(NAME, ReasonCode.STAGE_FAILED);
    }
    ReasonCode ended = ended(task);
    if (ended != null) {
      return Decision.deny(NAME, ended);
    }
    BudgetRefusal refused = charge(task);
    if (refused != null) {
      return refused.decision();
    }
    Decision loop = settings.loops() ? brake.decide(call, task, batch.warned) : null;
    if (loop instanceof Decision.Deny) {
      return loop;
    }
    batch.warned |= loop != null;
    Map<String, Long> amounts = Amounts.of(call, task, budgets);
    if (amounts == null) {
      return Decision.deny(NAME, ReasonCode.AMOUNT_UNREADABLE);
    }
    refused = spend(call, task, amounts, batch);
    if (refused != null) {
      return refused.decision();
    }
    return loop == null ? PERMIT : loop;
  }

  private @Nullable ReasonCode ended(Task task) {
    ReasonCode revoked = revocations.refuse(task);
    if (revoked != null) {
      return revoked;
    }
    return task.life().use(clock.nanos(), settings.idle()) ? null : ReasonCode.TASK_IDLE;
  }

  private @Nullable BudgetRefusal charge(Task task) {
    BudgetRefusal refused = budgets.peek(task, Meter.DENIALS);
    if (refused == null) {
      refused = budgets.rate(task);
    }
    if (refused == null) {
      refused = budgets.charge(task, Meter.CALLS, 1);
    }
    return refused == null ? budgets.peek(task, Meter.BYTES) : refused;
  }

  /** Only looks, but for the question that the policy is asked next; execution takes the rest. */
  private @Nullable BudgetRefusal spend(
      ToolCall call, Task task, Map<String, Long> amounts, Batch batch) {
    BudgetRefusal refused = amounts.isEmpty() ? null : budgets.peek(task, amounts, batch.amounts());
    if (refused == null && call.tool().credential() != null) {
      refused = budgets.peek(task, Meter.CREDENTIALS);
    }
    return refused == null ? budgets.charge(task, Meter.DECISIONS, 1) : refused;
  }
}
