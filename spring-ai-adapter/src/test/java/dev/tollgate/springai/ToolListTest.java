package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;

/** What an agent may not call at all its model is not told of. */
@Timeout(60)
class ToolListTest {
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool delete = RecordingTool.of("delete");
  private final AnsweringModel model = new AnsweringModel(tool("delete"), tool("read"));

  private static Application application() {
    return new Application(ScriptedPolicy.denying("delete").hopeless("delete"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_no_call_could_be_permitted_of_is_left_out_and_still_decided_on(boolean streamed) {
    application()
        .with(model)
        .run(
            context -> {
              model.uses(context.getBean(ToolCallingManager.class));
              assertThat(Waiting.ask(streamed, context, read, delete))
                  .isEqualTo(AnsweringModel.ANSWER);
              // In the second round of a stream too, which another thread puts together.
              assertThat(model.offered()).containsExactly(List.of("read"), List.of("read"));
              assertThat(model.results().get(0).get(0)).contains("policy_forbidden");
              assertThat(model.results().get(0).get(1)).isEqualTo("read ran");
              assertThat(delete.runs()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void all_are_offered_where_the_application_wants_that(boolean streamed) {
    application()
        .with(model)
        .withPropertyValues("tollgate.tool-list=full")
        .run(
            context -> {
              model.uses(context.getBean(ToolCallingManager.class));
              Waiting.ask(streamed, context, read, delete);
              assertThat(model.offered().get(0)).containsExactly("read", "delete");
            });
  }

  @Test
  void all_are_offered_where_the_gate_only_observes() {
    Application app = application();
    app.with(model, TestGates.gate(app.policy, app.audit).observe(true).build())
        .run(
            context -> {
              model.uses(context.getBean(ToolCallingManager.class));
              Waiting.ask(false, context, read, delete);
              assertThat(model.offered().get(0)).containsExactly("read", "delete");
            });
  }

  @Test
  void outside_a_task_nobody_is_kept_from_looking() {
    application()
        .with(model)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(ToolCallingManager.class)
                            .resolveToolDefinitions(
                                ToolCallingChatOptions.builder()
                                    .toolCallbacks(List.<ToolCallback>of(read, delete))
                                    .build()))
                    .hasSize(2));
  }
}
