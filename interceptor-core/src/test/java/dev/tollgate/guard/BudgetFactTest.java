package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a policy reads of the budgets of a task. */
class BudgetFactTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final List<@Nullable Long> seen = new ArrayList<>();

  private Bench bench(Function<PolicyRequest, @Nullable Long> fact, Limit... limits) {
    Bench bench =
        new Bench(
            Policy.each(
                request -> {
                  seen.add(fact.apply(request));
                  return Decision.permit(Policy.BASIS);
                }));
    bench.builder.guard(GuardSettings.OFF.withLimits(limits));
    return bench;
  }

  private static void call(Bench bench, Task task, String text) {
    var unused = bench.gate().call(bench.call(task, bench.tool("read"), text), bench.body());
  }

  @Test
  void theCallsThatAreLeftAfterThisOne() {
    Bench bench =
        bench(
            request -> request.facts().callsLeft(),
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 3, HOUR),
            Limit.budget(BudgetScope.TASK, Meter.CALLS, 30, HOUR.multipliedBy(2)),
            Limit.budget(BudgetScope.TENANT, Meter.CALLS, 2, HOUR),
            Limit.rate(BudgetScope.TASK, 1_000, HOUR));
    Task task = bench.task();
    call(bench, task, "{\"n\":1}");
    call(bench, task, "{\"n\":2}");
    assertThat(seen).containsExactly(2L, 1L);
  }

  @Test
  void theDenialsThatAreLeft() {
    Bench bench =
        bench(
            request -> request.facts().denialsLeft(),
            Limit.budget(BudgetScope.TASK, Meter.DENIALS, 5, HOUR));
    Task task = bench.task();
    call(bench, task, "no JSON");
    call(bench, task, "{}");
    assertThat(seen).containsExactly(4L);
  }

  @Test
  void aTaskWithoutABudgetHasNoNumber() {
    Bench bench =
        bench(
            request -> request.facts().callsLeft(),
            Limit.budget(BudgetScope.AGENT, Meter.CALLS, 3, HOUR));
    call(bench, bench.task(), "{}");
    assertThat(seen).containsExactly((Long) null);
  }

  @Test
  void aStoreThatCannotBeReadDenies() {
    Bench bench =
        bench(
            request -> request.facts().denialsLeft(),
            Limit.budget(BudgetScope.TASK, Meter.DENIALS, 5, HOUR));
    bench.builder.state(new Broken(new InMemoryStateStore(bench.clock), 1, Broken.DOWN));
    assertThat(Bench.reason(bench.run("read"))).isEqualTo(ReasonCode.POLICY_ERROR);
    assertThat(bench.runs).hasValue(0);
  }
}
