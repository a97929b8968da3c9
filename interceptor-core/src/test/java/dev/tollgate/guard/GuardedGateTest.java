package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Admission;
import dev.tollgate.Denial;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The guard inside the gate. */
class GuardedGateTest {
  private static final Duration HOUR = Watched.HOUR;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean permit = true;
  private final Bench bench =
      new Bench(
          Policy.each(
              request -> {
                asked.incrementAndGet();
                return permit
                    ? Decision.permit(Policy.BASIS)
                    : new Decision.Deny(Policy.BASIS, ReasonCode.POLICY_FORBIDDEN);
              }));

  GuardedGateTest() {
    bench.builder.manifest(Watched.TOOLS);
  }

  private void limited(Limit... limits) {
    bench.builder.guard(Watched.only(limits));
  }

  private @Nullable ReasonCode run(Task task, String tool, String arguments) {
    return Bench.reason(
        bench.gate().call(bench.call(task, bench.tool(tool), arguments), bench.body()));
  }

  private @Nullable ReasonCode look(Task task) {
    return run(task, "look", "{}");
  }

  private List<AuditRecord.Decided> decided() {
    return bench.sink.records(AuditRecord.Decided.class);
  }

  @Test
  void aLoopIsSteppedUpThenItsTaskIsRevokedAndBothAreOnRecord() {
    Task task = bench.task();
    for (int i = 0; i < 3; i++) {
      assertThat(look(task)).isNull();
    }
    assertThat(look(task)).isEqualTo(ReasonCode.APPROVAL_REQUIRED);
    assertThat(look(task)).isEqualTo(ReasonCode.LOOP_DETECTED);
    assertThat(run(task, "look", "{\"id\":\"x\"}")).isEqualTo(ReasonCode.LOOP_DETECTED);
    assertThat(look(bench.task())).isNull();
    assertThat(bench.runs).hasValue(4);
    assertThat(decided().get(3).policies()).containsExactly("loop:repeat");
    assertThat(decided().get(3).decider()).isEqualTo("guard");
    assertThat(decided().get(4).reason()).isEqualTo("loop_detected");
    assertThat(bench.sink.records(AuditRecord.Revoked.class))
        .singleElement()
        .satisfies(revoked -> assertThat(revoked.reason()).isEqualTo("loop_detected"));
  }

  @Test
  void observeModeRecordsALoopAndLetsItRun() {
    bench.builder.observe(true);
    Task task = bench.task();
    for (int i = 0; i < 7; i++) {
      assertThat(look(task)).isNull();
    }
    assertThat(decided())
        .extracting(AuditRecord.Decided::reason)
        .endsWith("approval_required", "loop_detected", "loop_detected", "loop_detected");
    assertThat(bench.sink.records(AuditRecord.Revoked.class)).isEmpty();
  }

  @Test
  void aLoopThatAPersonApprovedRuns() {
    bench.builder.approvals(5, Duration.ofMinutes(10));
    Task task = bench.task();
    for (int i = 0; i < 3; i++) {
      assertThat(look(task)).isNull();
    }
    ToolResult fourth = bench.gate().call(bench.call(task, bench.tool("look"), "{}"), bench.body());
    Denial denial = ((ToolResult.Denied) fourth).denial();
    String id = Objects.requireNonNull(denial.approvalId());
    ApprovalDesk desk = Objects.requireNonNull(bench.gate().approvals());
    var unused = desk.approve("acme", id, Approver.person("acme", "bob", null));
    assertThat(
            bench.gate().resume(id, Caller.of("acme", "alice"), bench.tool("look"), bench.body()))
        .isEqualTo(ToolResult.returned("done"));
    assertThat(bench.runs).hasValue(4);
  }

  @Test
  void aLoopThatAPersonApprovedRunsOnceMoreIfTheModelAsksAgain() {
    bench.builder.approvals(5, Duration.ofMinutes(10));
    Task task = bench.task();
    for (int i = 0; i < 3; i++) {
      assertThat(look(task)).isNull();
    }
    ToolResult fourth = bench.gate().call(bench.call(task, bench.tool("look"), "{}"), bench.body());
    String id = Objects.requireNonNull(((ToolResult.Denied) fourth).denial().approvalId());
    ApprovalDesk desk = Objects.requireNonNull(bench.gate().approvals());
    var unused = desk.approve("acme", id, Approver.person("acme", "bob", null));
    assertThat(look(task)).as("in place of a resume").isNull();
    assertThat(bench.runs).hasValue(4);
    assertThat(
            bench.gate().resume(id, Caller.of("acme", "alice"), bench.tool("look"), bench.body()))
        .as("used up")
        .isInstanceOf(ToolResult.Denied.class);
    for (int i = 0; i < 3; i++) {
      assertThat(look(task)).as("counted from the start").isNull();
    }
    assertThat(look(task)).as("and no second warning").isEqualTo(ReasonCode.LOOP_DETECTED);
    assertThat(bench.runs).hasValue(7);
  }

  @Test
  void nobodyIsAskedAboutACallThatIsTooMuch() {
    limited(Limit.rate(BudgetScope.SUBJECT, 2, Duration.ofMinutes(1)));
    assertThat(look(bench.task())).isNull();
    assertThat(look(bench.task())).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(look(bench.task())).isEqualTo(ReasonCode.RATE_LIMITED);
    }
    assertThat(asked).hasValue(2);
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(look(bench.task())).isNull();
    assertThat(decided().get(2).policies()).containsExactly("subject:rate");
  }

  @Test
  void whoeverIsDeniedTooOftenIsNotEvenDecidedOn() {
    limited(Limit.budget(BudgetScope.SUBJECT, Meter.DENIALS, 3, HOUR));
    Task task = bench.task();
    permit = false;
    for (int i = 0; i < 3; i++) {
      assertThat(look(task)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    }
    permit = true;
    assertThat(look(task)).isEqualTo(ReasonCode.BUDGET_DENIALS);
    assertThat(look(bench.task())).isEqualTo(ReasonCode.BUDGET_DENIALS);
    assertThat(asked).hasValue(3);
    bench.clock.pass(HOUR);
    assertThat(look(bench.task())).isNull();
  }

  @Test
  void callsDeniedBeforeTheGuardCountAsDenials() {
    limited(Limit.budget(BudgetScope.TASK, Meter.DENIALS, 2, HOUR));
    Task task = bench.task();
    assertThat(run(task, "look", "{\"a\":1,\"a\":2}"))
        .isEqualTo(ReasonCode.ARGUMENTS_DUPLICATE_KEY);
    assertThat(run(task, "look", "[]")).isEqualTo(ReasonCode.ARGUMENTS_NOT_AN_OBJECT);
    assertThat(look(task)).isEqualTo(ReasonCode.BUDGET_DENIALS);
  }

  @Test
  void bytesThatWereReturnedAreUsedUp() {
    limited(Limit.budget(BudgetScope.TASK, Meter.BYTES, 8, HOUR)); // "done" has four
    Task task = bench.task();
    assertThat(look(task)).isNull();
    assertThat(look(task)).isNull();
    assertThat(look(task)).isEqualTo(ReasonCode.BUDGET_BYTES);
    assertThat(look(bench.task())).isNull();
  }

  private static String eur(int amount) {
    return "{\"eur\":" + amount + "}";
  }

  @Test
  void listsAdmittedBesideEachOtherSpendNoMoreThanThereIs() {
    limited(Limit.amount(BudgetScope.TENANT, "eur", 100, HOUR));
    List<Admission> admitted = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Task task = bench.task();
      List<ToolCall> together =
          List.of(
              bench.call(task, bench.tool("give"), eur(60)),
              bench.call(task, bench.tool("give"), eur(30)),
              bench.call(task, bench.tool("give"), eur(20)));
      admitted.addAll(bench.gate().admit(together));
    }
    assertThat(admitted)
        .extracting(admission -> admission.decision().outcome())
        .containsExactly("permit", "permit", "deny", "permit", "permit", "deny");
    assertThat(admitted)
        .extracting(admission -> Bench.reason(bench.gate().execute(admission, bench.body())))
        .containsExactly(
            null,
            null,
            ReasonCode.BUDGET_AMOUNT,
            ReasonCode.BUDGET_AMOUNT,
            ReasonCode.BUDGET_AMOUNT,
            ReasonCode.BUDGET_AMOUNT);
    assertThat(bench.runs).hasValue(2);
  }

  @Test
  void aHundredThreadsRunAsManyCallsAsTheLimitSays() throws Exception {
    limited(
        Limit.budget(BudgetScope.TENANT, Meter.CALLS, 41, HOUR),
        Limit.budget(BudgetScope.TASK, Meter.CALLS, 1000, HOUR));
    Task task = bench.task();
    aHundredThreads(() -> bench.call(task, bench.tool("look"), "{}"), ReasonCode.BUDGET_CALLS, 41);
  }

  @Test
  void aHundredThreadsSpendAsMuchAsTheLimitSays() throws Exception {
    limited(Limit.amount(BudgetScope.SUBJECT, "eur", 82, HOUR));
    Task task = bench.task();
    aHundredThreads(
        () -> bench.call(task, bench.tool("give"), eur(2)), ReasonCode.BUDGET_AMOUNT, 41);
  }

  private void aHundredThreads(
      java.util.function.Supplier<ToolCall> call, ReasonCode reason, int most) throws Exception {
    AtomicInteger ran = new AtomicInteger();
    bench.gate();
    List<Optional<ReasonCode>> reasons =
        Together.run(
            100,
            () ->
                Optional.ofNullable(
                    Bench.reason(
                        bench
                            .gate()
                            .call(
                                call.get(),
                                text -> {
                                  ran.incrementAndGet();
                                  return ToolResult.returned("x");
                                }))));
    assertThat(ran).hasValue(most);
    assertThat(reasons).filteredOn(Optional.of(reason)::equals).hasSize(100 - most);
  }

  /** Wherever it breaks: the call is denied, unless its tool has run. */
  @Test
  void aStoreThatFailsInTheMiddleDeniesTheCall() {
    Limit[] all = {
      Limit.rate(BudgetScope.TENANT, 99, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.CALLS, 99, HOUR),
      Limit.amount(BudgetScope.TENANT, "eur", 99, HOUR), // once looked at, once taken
      Limit.budget(BudgetScope.TASK, Meter.DECISIONS, 99, HOUR),
      Limit.budget(BudgetScope.TASK, Meter.BYTES, 99, HOUR) // once looked at, once counted
    };
    int takesAll = all.length + 2;
    for (boolean observe : new boolean[] {false, true}) {
      for (int works = 0; works <= takesAll; works++) {
        Bench broken = new Bench(Policy.permit());
        broken
            .builder
            .manifest(Watched.TOOLS)
            .guard(Watched.only(all))
            .observe(observe)
            .state(new Broken(new InMemoryStateStore(broken.clock), works, Broken.DOWN));
        ToolCall call = broken.call(broken.task(), broken.tool("give"), eur(1));
        ToolResult result = broken.gate().call(call, broken.body());
        boolean runs = works >= takesAll - 1;
        assertThat(Bench.reason(result)).isEqualTo(runs ? null : ReasonCode.STATE_UNAVAILABLE);
        assertThat(broken.runs).as("after %d", works).hasValue(runs ? 1 : 0);
      }
    }
  }

  @Test
  void aTaskThatWasIdleIsOver() {
    bench.builder.guard(new GuardSettings(false, Duration.ofMinutes(2), List.of()));
    Task task = bench.task();
    assertThat(look(task)).isNull();
    bench.clock.pass(Duration.ofMinutes(3));
    assertThat(look(task)).isEqualTo(ReasonCode.TASK_IDLE);
  }
}
