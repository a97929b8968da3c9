package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.guard.BudgetScope;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.guard.Limit;
import dev.tollgate.guard.Meter;
import dev.tollgate.guard.Revocation;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.ScriptedPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops, budgets and the kill switch, as a model meets them. */
@Timeout(30)
class GuardTest {
  private static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  private final Office office = new Office();

  /** The same call, one a turn, and then an answer. */
  private static ScriptedModel repeating(int times) {
    List<AiMessage> script = new ArrayList<>();
    for (int i = 1; i <= times; i++) {
      script.add(asks(call("" + i, "send", SEND)));
    }
    script.add(AiMessage.from("done"));
    return ScriptedModel.plays(script.toArray(AiMessage[]::new));
  }

  /** A result in short: what it says, or why it was denied. */
  private static List<String> told(ScriptedModel model) {
    return model.results().stream()
        .map(ToolExecutionResultMessage::text)
        .map(text -> text.replaceAll(".*\"reason_code\":\"([a-z_]+)\".*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void stopsAnAgentThatGoesRoundInCircles(boolean streamed, boolean asking) {
    try (Gated gated = asking ? Waiting.gated() : Gated.permitting()) {
      ScriptedModel model = repeating(6);
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(told(model))
          .containsExactly(
              "sent to bob",
              "sent to bob",
              "sent to bob",
              "approval_required",
              "loop_detected",
              "loop_detected");
      assertThat(model.results().get(3).text().contains("approval_id")).isEqualTo(asking);
      assertThat(office.ran).hasSize(3);
      assertThat(gated.audit.records(AuditRecord.Revoked.class))
          .singleElement()
          .satisfies(
              revoked -> {
                assertThat(revoked.what()).isEqualTo("task");
                assertThat(revoked.id()).isEqualTo(gated.asked().get(0).task().id());
                assertThat(revoked.reason()).isEqualTo("loop_detected");
              });
      // Another task of the same user and agent is not stopped.
      assertThat(Chats.ask(streamed, repeating(1), office)).isEqualTo("done");
      assertThat(office.ran).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsTheCallsOfATask(boolean streamed) {
    Limit two = Limit.budget(BudgetScope.TASK, Meter.CALLS, 2, Duration.ofDays(1));
    try (Gated gated =
        Gated.by(
            ScriptedPolicy.permitAll(), gate -> gate.guard(GuardSettings.OFF.withLimits(two)))) {
      ScriptedModel model = repeating(4);
      assertThat(Chats.ask(streamed, model, office)).isEqualTo("done");
      assertThat(told(model))
          .containsExactly("sent to bob", "sent to bob", "budget_calls", "budget_calls");
      assertThat(office.ran).hasSize(2);
      assertThat(gated.reasons()).containsExactly("", "", "budget_calls", "budget_calls");
    }
  }

  /** A tool that is at work when somebody pulls the plug. */
  static final class Slow {
    private final boolean heeding;
    final CountDownLatch never = new CountDownLatch(1);

    Slow(boolean heeding) {
      this.heeding = heeding;
    }

    @Tool
    @SuppressWarnings("unused")
    String work() throws InterruptedException {
      Task task = requireNonNull(Task.current());
      CompletableFuture<Revocation> carol =
          CompletableFuture.supplyAsync(
              () ->
                  TollgateLangChain4j.gate()
                      .killSwitch()
                      .revoke(RevocationTarget.task("acme", task.id()), "carol"));
      try {
        assertThat(never.await(20, TimeUnit.SECONDS)).isFalse();
      } catch (InterruptedException e) {
        if (heeding) {
          throw e;
        }
      }
      return "the secret, to " + carol.join().inFlight().size();
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void withholdsWhatARevokedCallBroughtBack(boolean streamed, boolean heeding) {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model =
          ScriptedModel.plays(
              asks(call("1", "work", "{}")), asks(call("2", "send", SEND)), AiMessage.from("done"));
      assertThat(Chats.ask(streamed, model, office, new Slow(heeding))).isEqualTo("done");
      assertThat(told(model)).containsExactly("revoked_in_flight", "task_revoked");
      assertThat(model.requests().toString()).doesNotContain("the secret");
      assertThat(office.ran).isEmpty();
      assertThat(gated.outcomes()).singleElement().isNotEqualTo("returned");
    }
  }
}
