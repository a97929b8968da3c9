package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.guard.Revocation;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** Loops, budgets and the kill switch, as a model meets them. */
@Timeout(60)
class GuardTest {
  private final RecordingTool read = RecordingTool.of("read");

  /** The same call, one a turn, and then an answer. */
  private static TurnsModel repeating(int times) {
    return TurnsModel.turns(Collections.nCopies(times, List.of(tool("1", "read", "{\"n\":1}"))));
  }

  /** Results in short: what they say, or why the call was denied. */
  private static List<String> told(String answer) {
    return List.of(answer.split(" \\| ")).stream()
        .map(text -> text.replaceAll(".*\"reason_code\":\"([a-z_]+)\".*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void an_agent_that_goes_round_in_circles_is_stopped(boolean streamed, boolean asking) {
    Application app = Application.permitting();
    ToolGate gate =
        asking ? Waiting.gate(app).build() : TestGates.gate(app.policy, app.audit).build();
    app.with(repeating(6), gate)
        .run(
            context -> {
              String answer = Waiting.ask(streamed, context, read);
              assertThat(told(answer))
                  .containsExactly(
                      "read ran",
                      "read ran",
                      "read ran",
                      "approval_required",
                      "loop_detected",
                      "loop_detected");
              assertThat(answer.contains("approval_id")).isEqualTo(asking);
              assertThat(read.runs()).hasSize(3);
              assertThat(app.audit.records(AuditRecord.Revoked.class))
                  .singleElement()
                  .satisfies(
                      revoked -> {
                        assertThat(revoked.what()).isEqualTo("task");
                        assertThat(revoked.id()).isEqualTo(read.task().id());
                        assertThat(revoked.reason()).isEqualTo("loop_detected");
                      });
              // Another task of the same user and agent is not stopped.
              assertThat(told(Waiting.ask(streamed, context, read))).startsWith("read ran");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_calls_of_a_task_are_counted(boolean streamed) {
    Limit two = Limit.budget(BudgetScope.TASK, Meter.CALLS, 2, Duration.ofDays(1));
    Application app = Application.permitting();
    ToolGate gate =
        TestGates.gate(app.policy, app.audit).guard(GuardSettings.OFF.withLimits(two)).build();
    app.with(repeating(4), gate)
        .run(
            context -> {
              assertThat(told(Waiting.ask(streamed, context, read)))
                  .containsExactly("read ran", "read ran", "budget_calls", "budget_calls");
              assertThat(read.runs()).hasSize(2);
            });
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void what_a_revoked_call_brought_back_is_withheld(boolean streamed, boolean heeding) {
    CountDownLatch never = new CountDownLatch(1);
    List<ApplicationContext> started = new ArrayList<>();
    RecordingTool slow =
        new RecordingTool(
            "slow",
            false,
            arguments -> {
              Task task = requireNonNull(Task.current());
              CompletableFuture<Revocation> carol =
                  CompletableFuture.supplyAsync(
                      () ->
                          started
                              .get(0)
                              .getBean(ToolGate.class)
                              .killSwitch()
                              .revoke(RevocationTarget.task("acme", task.id()), "carol"));
              try {
                assertThat(never.await(20, TimeUnit.SECONDS)).isFalse();
              } catch (InterruptedException e) {
                if (heeding) {
                  throw new IllegalStateException("the secret", e);
                }
              }
              return "the secret, to " + carol.join().inFlight().size();
            });
    Application app = Application.permitting();
    TurnsModel model = TurnsModel.turns(List.of(List.of(tool("slow")), List.of(tool("read"))));
    app.with(model, TestGates.gate(app.policy, app.audit).build())
        .run(
            context -> {
              started.add(context);
              assertThat(told(Waiting.ask(streamed, context, slow, read)))
                  .containsExactly("revoked_in_flight", "task_revoked");
              assertThat(model.told().toString()).doesNotContain("the secret");
              assertThat(read.runs()).isEmpty();
              assertThat(app.audit.records(AuditRecord.Outcome.class))
                  .singleElement()
                  .satisfies(outcome -> assertThat(outcome.state()).isNotEqualTo("returned"));
            });
  }
}
