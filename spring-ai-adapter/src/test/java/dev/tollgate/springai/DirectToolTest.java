package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.testkit.TestGates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** What goes to the user directly are results, never a denial. */
@Timeout(60)
class DirectToolTest {
  private final RecordingTool show = new RecordingTool("show", true, arguments -> "shown");
  private final RecordingTool list = new RecordingTool("list", true, arguments -> "listed");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_model_reads_a_denial_of_one_and_answers(boolean streamed) {
    AnsweringModel model = new AnsweringModel(tool("show"));
    Application.denying("show")
        .with(model)
        .run(
            context -> {
              assertThat(Waiting.ask(streamed, context, show)).isEqualTo(AnsweringModel.ANSWER);
              assertThat(model.results()).hasSize(1);
              assertThat(model.results().get(0).get(0)).contains("policy_forbidden");
              assertThat(show.runs()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_denied_call_sends_the_whole_turn_to_the_model(boolean streamed) {
    AnsweringModel model = new AnsweringModel(tool("list"), tool("show"));
    Application.denying("show")
        .with(model)
        .run(
            context -> {
              assertThat(Waiting.ask(streamed, context, show, list))
                  .isEqualTo(AnsweringModel.ANSWER);
              assertThat(model.results().get(0).get(0)).isEqualTo("listed");
              assertThat(model.results().get(0).get(1)).contains("policy_forbidden");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_waits_is_told_to_the_model_not_to_the_user(boolean streamed) {
    AnsweringModel model = new AnsweringModel(tool("show"));
    Application app = Waiting.application("show");
    app.with(model, Waiting.gate(app).build())
        .run(
            context -> {
              assertThat(Waiting.ask(streamed, context, show)).isEqualTo(AnsweringModel.ANSWER);
              assertThat(model.results().get(0).get(0))
                  .contains("approval_required", Waiting.id(context));
            });
  }

  /** Spring AI has read by then that the tool returns directly. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neither_is_a_denial_that_comes_when_the_call_was_about_to_run(boolean streamed) {
    List<ApplicationContext> started = new ArrayList<>();
    RecordingTool list =
        new RecordingTool(
            "list",
            true,
            arguments -> {
              var unused =
                  CompletableFuture.supplyAsync(
                          () ->
                              started
                                  .get(0)
                                  .getBean(ToolGate.class)
                                  .killSwitch()
                                  .revoke(RevocationTarget.agent("acme", "agent"), "carol"))
                      .join();
              return "listed";
            });
    AnsweringModel model = new AnsweringModel(tool("list"), tool("show"));
    Application app = Application.permitting();
    app.with(model, TestGates.gate(app.policy, app.audit).build())
        .run(
            context -> {
              started.add(context);
              assertThat(Waiting.ask(streamed, context, list, show))
                  .isEqualTo(AnsweringModel.ANSWER);
              assertThat(model.results().get(0).toString()).contains("revoked");
              assertThat(show.runs()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void results_of_permitted_ones_still_go_to_the_user(boolean streamed) {
    AnsweringModel model = new AnsweringModel(tool("show"));
    Application.permitting()
        .with(model)
        .run(
            context -> {
              assertThat(Waiting.ask(streamed, context, show)).isEqualTo("shown");
              assertThat(model.results()).isEmpty();
            });
  }
}
