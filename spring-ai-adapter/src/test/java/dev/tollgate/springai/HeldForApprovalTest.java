package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.Approver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** A call that holds its own thread until a person has answered. */
@Timeout(60)
class HeldForApprovalTest {
  private static final String WAIT = "tollgate.approval.wait=30s";
  private final RecordingTool pay = RecordingTool.of("pay");
  private final RecordingTool read = RecordingTool.of("read");
  private final List<ApplicationContext> started = new ArrayList<>();
  private final List<CompletableFuture<ApprovalAnswer>> answers = new ArrayList<>();

  /** A person answers on a thread of their own, once the call was filed. */
  private ToolGate answered(Application app, boolean yes) {
    return Waiting.gate(app)
        .approvalListener(
            asked ->
                answers.add(
                    CompletableFuture.supplyAsync(
                        () -> {
                          var desk =
                              requireNonNull(started.get(0).getBean(ToolGate.class).approvals());
                          Approver bob = Approver.person("acme", "bob", null);
                          while (desk.find("acme", asked.id()).isEmpty()) {
                            Thread.onSpinWait();
                          }
                          return yes
                              ? desk.approve("acme", asked.id(), bob)
                              : desk.reject("acme", asked.id(), bob);
                        })))
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goes_on_with_the_answer(boolean yes) {
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("read"), tool("pay"), tool("2", "read", "{}")), answered(app, yes))
        .withPropertyValues(WAIT)
        .run(
            context -> {
              started.add(context);
              String told = Waiting.ask(false, context, pay, read);
              assertThat(told).startsWith("read ran | ").endsWith(" | read ran");
              assertThat(told).contains(yes ? "pay ran" : "approval_rejected");
              assertThat(pay.runs()).hasSize(yes ? 1 : 0);
              assertThat(answers.get(0).join()).isInstanceOf(ApprovalAnswer.Taken.class);
            });
  }

  @Test
  void keeps_what_it_returns_directly() {
    RecordingTool show = new RecordingTool("show", true, arguments -> "shown");
    AnsweringModel model = new AnsweringModel(tool("show"));
    Application app = Waiting.application("show");
    app.with(model, answered(app, true))
        .withPropertyValues(WAIT, "tollgate.denied=abort")
        .run(
            context -> {
              started.add(context);
              assertThat(Waiting.ask(false, context, show)).isEqualTo("shown");
              assertThat(model.results()).isEmpty();
            });
  }

  /** Or a few users who wait would hold up the streams of all. */
  @Test
  void never_holds_a_thread_of_a_stream() {
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .withPropertyValues("tollgate.approval.wait=1h")
        .run(
            context -> {
              assertThat(Waiting.ask(true, context, pay))
                  .contains("approval_required", Waiting.id(context));
              assertThat(pay.runs()).isEmpty();
            });
  }

  @Test
  void nor_longer_than_the_application_wants() {
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .withPropertyValues("tollgate.approval.wait=1ms")
        .run(
            context -> {
              assertThat(Waiting.ask(false, context, pay))
                  .contains("approval_required", Waiting.id(context));
              assertThat(pay.runs()).isEmpty();
            });
  }
}
