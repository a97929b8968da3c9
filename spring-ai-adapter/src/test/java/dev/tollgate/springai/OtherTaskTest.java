package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** A tool of one task's chat takes up another task, and asks a chat inside. */
class OtherTaskTest {
  private static final AgentIdentity WORKER = AgentIdentity.of("worker");
  private final Application app = Application.permitting();
  private final ToolGate gate = TestGates.gate(app.policy, app.audit).build();
  private final RecordingTool read = RecordingTool.of("read");

  private String inner(boolean streamed, ApplicationContext context, Task task) {
    try (Scope other = task.open()) {
      if (!streamed) {
        return Application.ask(context, "work", read);
      }
      var words = Application.client(context).prompt().user("work").tools(read).stream().content();
      return String.join("", requireNonNull(words.collectList().block()));
    }
  }

  private String asked(boolean streamed, Task task) {
    ScriptedModel model =
        new ScriptedModel(
            prompt ->
                List.of(
                    tool("work".equals(prompt.getUserMessage().getText()) ? "read" : "take_up")));
    StringBuilder answer = new StringBuilder();
    app.with(model, gate)
        .run(
            context -> {
              RecordingTool outer =
                  new RecordingTool("take_up", false, text -> inner(streamed, context, task));
              answer.append(Application.ask(context, "go", outer));
            });
    return answer.toString();
  }

  private Task another() {
    return gate.startTask(Intent.human("another errand"), null, null, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_two_tasks_claim_is_denied(boolean streamed) {
    assertThat(asked(streamed, another())).contains("task_mismatch");
    assertThat(read.runs()).isEmpty();
  }

  /** What it was handed would be narrower than the chat's: of another task, it does not count. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void also_where_the_other_one_was_handed_over(boolean streamed) throws DelegationException {
    String signed = gate.delegations().delegate(another(), Grant.to("worker").tools("read"));
    Task handed = gate.delegations().accept(signed, Caller.of("acme", "alice"), WORKER);
    assertThat(handed.delegation()).isNotNull();
    assertThat(asked(streamed, handed)).contains("task_mismatch");
    assertThat(read.runs()).isEmpty();
  }
}
