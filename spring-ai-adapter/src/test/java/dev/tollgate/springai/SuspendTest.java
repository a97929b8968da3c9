package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static dev.tollgate.springai.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.GateClock;
import dev.tollgate.ToolGate;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.Approver;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.key.KeySource;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.TestKeys;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A run that stops until a person has answered, and what goes on then. */
@Timeout(120)
class SuspendTest {
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool pay = new RecordingTool("pay", false, text -> "paid " + text);
  private final TurnsModel model =
      TurnsModel.of(tool("read"), tool("1", "pay", "{ \"n\": 1.0 }"), tool("9", "pay", "{}"));
  private final Application app = Waiting.application("pay");

  private ApplicationContextRunner runner() {
    return suspending(Waiting.gate(app).build());
  }

  private ApplicationContextRunner suspending(ToolGate gate) {
    return app.with(model, gate).withPropertyValues("tollgate.approval.pending=suspend");
  }

  private SuspendedTurn suspended(boolean streamed, ApplicationContext context) {
    ApprovalRequiredException thrown =
        catchThrowableOfType(
            ApprovalRequiredException.class, () -> Waiting.ask(streamed, context, read, pay));
    assertThat(thrown.approvalIds())
        .isNotEmpty()
        .allMatch(String.valueOf(thrown.getMessage())::contains);
    return thrown.turn();
  }

  private static ResumedTurn resume(ApplicationContext context, SuspendedTurn turn) {
    return context
        .getBean(ApprovedCalls.class)
        .resume(turn, ALICE, context.getBean(ToolCallingManager.class));
  }

  private static List<String> results(ResumedTurn turn) {
    return ((ToolResponseMessage) turn.history().get(turn.history().size() - 1))
        .getResponses().stream().map(ToolResponseMessage.ToolResponse::responseData).toList();
  }

  private static void approve(ApplicationContext context, SuspendedTurn turn) {
    turn.approvalIds().forEach(id -> Waiting.approve(context, id));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothing_runs_before_the_answer_and_everything_once_after_it(boolean streamed) {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(streamed, context);
              assertThat(turn.approvalIds()).hasSize(2);
              assertThat(read.runs()).isEmpty();
              assertThat(pay.runs()).isEmpty();
              assertThat(model.told()).hasSize(1);
              // What had been admitted ends on record.
              assertThat(app.audit.records(AuditRecord.Refused.class))
                  .extracting(refused -> refused.reason().code())
                  .containsExactly("run_ended");
              assertThatThrownBy(() -> resume(context, turn))
                  .isInstanceOf(ApprovalRequiredException.class);

              approve(context, turn);
              ResumedTurn resumed = resume(context, turn);
              assertThat(results(resumed)).containsExactly("read ran", "paid {\"n\":1}", "paid {}");
              assertThat(read.task().id()).isEqualTo(resumed.task().id());
              assertThat(app.audit.records(AuditRecord.ApprovalUsed.class)).hasSize(2);

              assertThat(results(resume(context, turn)))
                  .satisfiesExactly(
                      one -> assertThat(one).contains("run_ended"),
                      one -> assertThat(one).contains("approval_used"),
                      one -> assertThat(one).contains("approval_used"));
              assertThat(read.runs()).hasSize(1);
              assertThat(pay.runs()).hasSize(2);
            });
  }

  @Test
  void the_chat_goes_on_with_the_history_in_the_same_task() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              approve(context, turn);
              ResumedTurn resumed = resume(context, turn);
              try (Scope task = resumed.task().open()) {
                assertThat(
                        Application.client(context)
                            .prompt()
                            .messages(resumed.history())
                            .tools(read, pay)
                            .call()
                            .content())
                    .isEqualTo("read ran | paid {\"n\":1} | paid {}");
              }
              assertThat(read.runs()).hasSize(1);
              assertThat(app.policy.asked())
                  .flatExtracting(asked -> asked)
                  .extracting(asked -> asked.task().id())
                  .containsOnly(resumed.task().id());
            });
  }

  @Test
  void resumed_from_many_threads_it_runs_once() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      runner()
          .run(
              context -> {
                SuspendedTurn turn = suspended(false, context);
                approve(context, turn);
                CountDownLatch ready = new CountDownLatch(threads);
                Callable<List<String>> one =
                    () -> {
                      ready.countDown();
                      ready.await();
                      return results(resume(context, turn));
                    };
                List<Future<List<String>>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                  all.add(pool.submit(one));
                }
                for (Future<List<String>> each : all) {
                  assertThat(each.get()).hasSize(3);
                }
                assertThat(pay.runs())
                    .extracting(RecordingTool.Run::arguments)
                    .containsExactlyInAnyOrder("{\"n\":1}", "{}");
                assertThat(read.runs()).hasSizeLessThanOrEqualTo(1);
              });
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void it_goes_on_in_another_process_with_what_the_application_kept(@TempDir Path folder) {
    KeySource keys = TestKeys.inMemory();
    List<String> ids = new ArrayList<>();
    try (FileStateStore state = FileStateStore.open(folder.resolve("s"), GateClock.system())) {
      suspending(Waiting.gate(app).keys(keys).state(state).build())
          .run(
              context -> {
                SuspendedTurn turn = suspended(false, context);
                approve(context, turn);
                ids.addAll(turn.approvalIds());
              });
    }
    SuspendedTurn kept =
        new SuspendedTurn(
            new Prompt(
                List.of(new UserMessage("go")),
                ToolCallingChatOptions.builder()
                    .toolCallbacks(List.<ToolCallback>of(read, pay))
                    .build()),
            ScriptedModel.asking(
                List.of(tool("read"), tool("1", "pay", "{\"n\":1}"), tool("9", "pay", "{}"))),
            ids);
    try (FileStateStore state = FileStateStore.open(folder.resolve("s"), GateClock.system())) {
      suspending(Waiting.gate(app).keys(keys).state(state).build())
          .run(
              context -> {
                assertThat(read.runs()).isEmpty();
                assertThat(results(resume(context, kept)))
                    .containsExactly("read ran", "paid {\"n\":1}", "paid {}");
                assertThat(results(resume(context, kept)))
                    .allMatch(one -> one.contains("\"error\":\"denied\""));
                assertThat(pay.runs()).hasSize(2);
                assertThat(read.runs()).hasSize(1);
              });
    }
  }

  @Test
  void what_a_person_refused_does_not_run_and_the_rest_does() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(true, context);
              Waiting.approve(context, turn.approvalIds().get(0));
              reject(context, turn.approvalIds().get(1));
              assertThat(results(resume(context, turn)))
                  .satisfiesExactly(
                      one -> assertThat(one).isEqualTo("read ran"),
                      one -> assertThat(one).isEqualTo("paid {\"n\":1}"),
                      one -> assertThat(one).contains("approval_rejected"));
            });
  }

  @Test
  void where_all_were_refused_nothing_of_the_turn_runs() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              turn.approvalIds().forEach(id -> reject(context, id));
              assertThat(results(resume(context, turn))).noneMatch(one -> one.contains("ran"));
              assertThat(read.runs()).isEmpty();
              assertThat(pay.runs()).isEmpty();
            });
  }

  private static void reject(ApplicationContext context, String id) {
    var desk = Objects.requireNonNull(context.getBean(ToolGate.class).approvals());
    assertThat(desk.reject("acme", id, Approver.person("acme", "bob", null)))
        .isInstanceOf(ApprovalAnswer.Taken.class);
  }

  @Test
  void other_arguments_than_those_that_were_approved_do_not_run() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              approve(context, turn);
              SuspendedTurn forged =
                  new SuspendedTurn(
                      turn.prompt(),
                      ScriptedModel.asking(List.of(tool("read"), tool("1", "pay", "{\"n\":1000}"))),
                      turn.approvalIds());
              assertThat(results(resume(context, forged)))
                  .satisfiesExactly(
                      one -> assertThat(one).contains("run_ended"),
                      one -> assertThat(one).contains("approval_required"));
              assertThat(pay.runs()).isEmpty();
              // Nothing of that has used the approvals up.
              assertThat(results(resume(context, turn))).contains("paid {\"n\":1}", "paid {}");
            });
  }

  @Test
  void only_the_user_whose_turn_it_was_goes_on_with_it() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              approve(context, turn);
              for (Caller other :
                  List.of(Caller.of("acme", "carol"), Caller.of("other", "alice"))) {
                assertThat(
                        results(
                            context
                                .getBean(ApprovedCalls.class)
                                .resume(turn, other, context.getBean(ToolCallingManager.class))))
                    .allMatch(one -> one.contains("\"error\":\"denied\""));
              }
              assertThat(read.runs()).isEmpty();
              assertThat(pay.runs()).isEmpty();
              assertThat(results(resume(context, turn))).contains("read ran");
            });
  }

  @Test
  void ids_that_nobody_gave_run_nothing() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              approve(context, turn);
              SuspendedTurn forged =
                  new SuspendedTurn(turn.prompt(), turn.response(), List.of("no such id"));
              assertThat(results(resume(context, forged)))
                  .allMatch(one -> one.contains("approval_unknown"));
              assertThat(read.runs()).isEmpty();
            });
  }

  @Test
  void a_manager_that_is_not_guarded_gets_nothing_to_run() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              approve(context, turn);
              ToolCallingManager bare = ToolCallingManager.builder().build();
              assertThatThrownBy(
                      () -> context.getBean(ApprovedCalls.class).resume(turn, ALICE, bare))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThat(read.runs()).isEmpty();
              assertThat(pay.runs()).isEmpty();
            });
  }

  @Test
  void what_is_shown_of_a_turn_holds_no_words() {
    runner()
        .run(
            context -> {
              SuspendedTurn turn = suspended(false, context);
              assertThat(turn.toString()).startsWith("SuspendedTurn[").doesNotContain("pay");
              assertThatThrownBy(() -> new SuspendedTurn(turn.prompt(), turn.response(), List.of()))
                  .isInstanceOf(IllegalArgumentException.class);
            });
  }
}
