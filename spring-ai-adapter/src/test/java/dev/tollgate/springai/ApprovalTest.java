package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static dev.tollgate.springai.Waiting.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.task.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** A call that needs approval, from the model's proposal to its one run. */
@Timeout(60)
class ApprovalTest {
  private static String reason(String code) {
    return "\"reason_code\":\"" + code + "\"";
  }

  private static List<String> reasons(Application app) {
    return app.audit.records(AuditRecord.Decided.class).stream()
        .map(AuditRecord.Decided::reason)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_waits_for_a_person_and_then_runs_once(boolean streamed) {
    RecordingTool pay = new RecordingTool("pay", false, arguments -> "paid " + arguments);
    Application app = Waiting.application("pay");
    app.with(
            TurnsModel.of(tool("1", "pay", "{ \"b\": 1.0, \"a\": \"x\" }")),
            Waiting.gate(app).build())
        .run(
            context -> {
              app.audit.entries().clear(); // the probe's
              String told = Waiting.ask(streamed, context, pay);
              String id = Waiting.id(context);
              assertThat(told)
                  .matches(
                      "\\{\"error\":\"denied\",\"reason_code\":\"approval_required\","
                          + "\"decision_id\":\"[A-Za-z0-9._-]+\",\"approval_id\":\""
                          + id
                          + "\"}");
              assertThat(Waiting.resume(context, id, pay)).contains(reason("approval_required"));
              assertThat(pay.runs()).isEmpty();

              Waiting.approve(context, id);
              assertThat(Waiting.resume(context, id, pay)).isEqualTo("paid {\"a\":\"x\",\"b\":1}");
              assertThat(Waiting.resume(context, id, pay))
                  .contains(reason("approval_used"))
                  .doesNotContain("secret-rule");
              assertThat(pay.runs()).hasSize(1);
              assertThat(reasons(app))
                  .containsExactly("approval_required", "approval_required", "", "approval_used");
              assertThat(app.audit.entries().stream().map(e -> e.taskId()).distinct())
                  .containsExactly(pay.task().id());
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_others_of_a_batch_run_in_their_order(boolean streamed) {
    List<String> ran = new ArrayList<>();
    RecordingTool read = new RecordingTool("read", false, arguments -> noted(ran, arguments));
    RecordingTool pay = new RecordingTool("pay", false, arguments -> noted(ran, "paid"));
    Application app = Waiting.application("pay");
    app.with(
            TurnsModel.of(
                tool("1", "read", "{\"n\":1}"), tool("pay"), tool("3", "read", "{\"n\":3}")),
            Waiting.gate(app).build())
        .run(
            context -> {
              assertThat(Waiting.ask(streamed, context, read, pay))
                  .startsWith("{\"n\":1} | {\"error\":\"denied\"," + reason("approval_required"))
                  .endsWith(" | {\"n\":3}");
              assertThat(ran).containsExactly("{\"n\":1}", "{\"n\":3}");
              assertThat(Waiting.resume(context, Waiting.approved(context), read, pay))
                  .isEqualTo("paid");
              assertThat(ran).containsExactly("{\"n\":1}", "{\"n\":3}", "paid");
            });
  }

  private static String noted(List<String> ran, String what) {
    ran.add(what);
    return what;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_approval_is_good_for_the_user_whose_call_it_was(boolean streamed) {
    RecordingTool pay = RecordingTool.of("pay");
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .run(
            context -> {
              Waiting.ask(streamed, context, pay);
              String id = Waiting.approved(context);
              ApprovedCalls calls = context.getBean(ApprovedCalls.class);
              assertThat(calls.resume(id, Caller.of("acme", "carol"), List.of(pay)))
                  .contains(reason("approval_subject_changed"));
              assertThat(calls.resume(id, Caller.of("other", "alice"), List.of(pay)))
                  .contains("\"error\":\"denied\"")
                  .contains("unknown");
              assertThat(pay.runs()).isEmpty();
              assertThat(calls.resume(id, ALICE, List.of(pay))).isEqualTo("pay ran");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no such id", "00000000-0000-0000-0000-000000000000"})
  void an_id_that_nobody_gave_is_denied(String id) {
    RecordingTool pay = RecordingTool.of("pay");
    Application app = Waiting.application("pay");
    app.with(TurnsModel.turns(List.of()), Waiting.gate(app).build())
        .run(
            context -> {
              app.audit.entries().clear();
              // Nothing is known of the call, so no tool of it either.
              assertThat(Waiting.resume(context, id, pay))
                  .contains("\"error\":\"denied\"")
                  .contains("unknown");
              assertThat(pay.runs()).isEmpty();
              assertThat(reasons(app)).singleElement().asString().isEqualTo("approval_unknown");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_the_tool_throws_is_thrown_and_the_approval_is_used_up(boolean streamed) {
    RecordingTool rude =
        new RecordingTool(
            "pay",
            false,
            arguments -> {
              throw new IllegalStateException("rude");
            });
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .run(
            context -> {
              Waiting.ask(streamed, context, rude);
              String id = Waiting.approved(context);
              assertThatThrownBy(() -> Waiting.resume(context, id, rude))
                  .isExactlyInstanceOf(IllegalStateException.class)
                  .hasMessage("rude");
              assertThat(Waiting.resume(context, id, rude)).contains(reason("approval_used"));
              assertThat(rude.runs()).hasSize(1);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_direct_tool_can_be_resumed(boolean streamed) {
    RecordingTool show = new RecordingTool("show", true, arguments -> "shown");
    Application app = Waiting.application("show");
    TurnsModel model = TurnsModel.of(tool("show"));
    app.with(model, Waiting.gate(app).build())
        .run(
            context -> {
              // The model is asked again: it reads the denial, and says it in its own words.
              assertThat(Waiting.ask(streamed, context, show))
                  .contains(reason("approval_required"), Waiting.id(context))
                  .doesNotContain("secret-rule");
              assertThat(model.told()).hasSize(2);
              assertThat(Waiting.resume(context, Waiting.approved(context), show))
                  .isEqualTo("shown");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_loop_goes_on_if_a_person_answers_at_once(boolean streamed) {
    RecordingTool pay = RecordingTool.of("pay");
    Application app = Waiting.application("pay");
    List<ApplicationContext> started = new ArrayList<>();
    ToolGate gate =
        Waiting.gate(app)
            .approvalListener(asked -> Waiting.approve(started.get(0), asked.id()))
            .build();
    app.with(TurnsModel.of(tool("pay")), gate)
        .run(
            context -> {
              started.add(context);
              assertThat(Waiting.ask(streamed, context, pay)).isEqualTo("pay ran");
              assertThat(pay.runs()).hasSize(1);
              String used =
                  app.audit.records(AuditRecord.ApprovalUsed.class).stream()
                      .map(AuditRecord.ApprovalUsed::approval)
                      .findFirst()
                      .map(Objects::requireNonNull)
                      .orElseThrow();
              assertThat(Waiting.resume(context, used, pay)).contains(reason("approval_used"));
              assertThat(pay.runs()).hasSize(1);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_the_model_proposes_again_runs_once(boolean streamed) {
    RecordingTool pay = RecordingTool.of("pay");
    List<ApplicationContext> started = new ArrayList<>();
    RecordingTool lunch =
        new RecordingTool("lunch", false, arguments -> Waiting.approved(started.get(0)));
    Application app = Waiting.application("pay");
    app.with(
            TurnsModel.turns(
                List.of(
                    List.of(tool("1", "pay", "{\"n\":1}")),
                    List.of(tool("lunch")),
                    List.of(tool("3", "pay", "{ \"n\": 1.0 }")),
                    List.of(tool("4", "pay", "{\"n\":1}")))),
            Waiting.gate(app).build())
        .run(
            context -> {
              started.add(context);
              String[] told = Waiting.ask(streamed, context, pay, lunch).split(" \\| ");
              assertThat(told).hasSize(4);
              assertThat(told[0]).contains(reason("approval_required"), told[1]);
              assertThat(told[2]).isEqualTo("pay ran");
              assertThat(told[3]).contains(reason("approval_required")).doesNotContain(told[1]);
              assertThat(Waiting.resume(context, told[1], pay)).contains(reason("approval_used"));
              assertThat(pay.runs()).hasSize(1);
            });
  }
}
