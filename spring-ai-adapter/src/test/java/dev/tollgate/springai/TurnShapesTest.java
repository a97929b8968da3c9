package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.SettableClock;
import dev.tollgate.testkit.TestGates;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;

/** Turns that are not one list of different, quick calls. */
class TurnShapesTest {
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool pay = RecordingTool.of("pay");

  /** The second waits for another yes, and what needed none is not held up by that. */
  @Test
  void of_two_equal_calls_one_yes_lets_one_run() {
    Application app = Waiting.application("pay");
    app.with(
            TurnsModel.of(tool("read"), tool("1", "pay", "{}"), tool("2", "pay", "{}")),
            Waiting.gate(app).build())
        .withPropertyValues("tollgate.approval.pending=suspend")
        .run(
            context -> {
              SuspendedTurn turn =
                  catchThrowableOfType(
                          ApprovalRequiredException.class,
                          () -> Waiting.ask(false, context, read, pay))
                      .turn();
              assertThat(turn.approvalIds()).containsExactly(Waiting.id(context));
              Waiting.approved(context);
              ResumedTurn resumed =
                  context
                      .getBean(ApprovedCalls.class)
                      .resume(turn, Waiting.ALICE, context.getBean(ToolCallingManager.class));
              ToolResponseMessage told =
                  (ToolResponseMessage) resumed.history().get(resumed.history().size() - 1);
              assertThat(told.getResponses())
                  .extracting(ToolResponseMessage.ToolResponse::responseData)
                  .satisfiesExactly(
                      one -> assertThat(one).isEqualTo("read ran"),
                      one -> assertThat(one).isEqualTo("pay ran"),
                      one -> assertThat(one).contains("approval_required"));
              assertThat(pay.runs()).hasSize(1);
            });
  }

  /** Spring AI runs the calls of the first generation that has some. */
  @Test
  void calls_behind_a_generation_of_text_are_decided_on_together_too() {
    Application app = Application.denying("pay");
    app.with(ScriptedModel.asking())
        .withPropertyValues("tollgate.denied=abort")
        .run(
            context -> {
              AssistantMessage calls =
                  AssistantMessage.builder()
                      .content("")
                      .toolCalls(List.of(tool("read"), tool("pay")))
                      .build();
              ChatResponse response =
                  new ChatResponse(
                      List.of(
                          new Generation(new AssistantMessage("I shall read, then pay.")),
                          new Generation(calls)));
              Prompt prompt =
                  new Prompt(
                      List.of(new UserMessage("go")),
                      ToolCallingChatOptions.builder()
                          .toolCallbacks(List.<ToolCallback>of(read, pay))
                          .build());
              ToolGate gate = context.getBean(ToolGate.class);
              try (Scope task = gate.startTask(Intent.human("go"), null, null, null).open()) {
                assertThatThrownBy(
                        () ->
                            context
                                .getBean(ToolCallingManager.class)
                                .executeToolCalls(prompt, response))
                    .isInstanceOf(ToolDeniedException.class);
              }
              assertThat(read.runs()).isEmpty();
            });
  }

  @Test
  void a_call_whose_sibling_took_longer_than_its_decision_holds_is_decided_on_again() {
    SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    RecordingTool slow =
        new RecordingTool(
            "slow",
            false,
            arguments -> {
              clock.pass(Duration.ofMinutes(2));
              return "slow ran";
            });
    Application app = Application.permitting();
    ToolGate gate = TestGates.gate(app.policy, app.audit).clock(clock).build();
    app.with(TurnsModel.of(tool("slow"), tool("read")), gate)
        .run(
            context -> {
              app.policy.asked().clear();
              app.audit.entries().clear();
              assertThat(Waiting.ask(false, context, slow, read)).isEqualTo("slow ran | read ran");
              assertThat(app.policy.asked()).hasSize(2);
              assertThat(app.audit.records(AuditRecord.Refused.class))
                  .extracting(refused -> refused.reason().code())
                  .containsExactly("admission_expired");
            });
  }
}
