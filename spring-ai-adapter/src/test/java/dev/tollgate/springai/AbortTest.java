package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.testkit.TestGates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Where a denial, or anything else, ends a turn, what was decided and did not run is on record. */
@Timeout(60)
class AbortTest {
  private static final String ABORT = "tollgate.denied=abort";
  private final RecordingTool read = RecordingTool.of("read");
  private final RecordingTool pay = RecordingTool.of("pay");

  private static List<String> refused(Application app) {
    return app.audit.records(AuditRecord.Refused.class).stream()
        .map(refused -> refused.reason().code())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_denial_ends_the_run_before_anything_of_the_turn_has_run(boolean streamed) {
    TurnsModel model = TurnsModel.of(tool("read"), tool("pay"), tool("2", "read", "{\"n\":2}"));
    Application app = Application.denying("pay");
    app.with(model)
        .withPropertyValues(ABORT)
        .run(
            context -> {
              app.audit.entries().clear(); // the probe's
              ToolDeniedException thrown =
                  catchThrowableOfType(
                      ToolDeniedException.class, () -> Waiting.ask(streamed, context, read, pay));
              assertThat(thrown.denial().reason()).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
              assertThat(thrown).hasMessageContaining(thrown.denial().decisionId());
              assertThat(model.told()).hasSize(1);
              assertThat(read.runs()).isEmpty();
              assertThat(refused(app)).containsExactly("run_ended", "run_ended");
              assertThat(app.audit.records(AuditRecord.Decided.class)).hasSize(3);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void so_does_one_that_comes_when_the_call_was_about_to_run(boolean streamed) {
    List<ApplicationContext> started = new ArrayList<>();
    RecordingTool last =
        new RecordingTool(
            "last",
            false,
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
              return "done";
            });
    TurnsModel model = TurnsModel.of(tool("last"), tool("read"), tool("pay"));
    Application app = Application.permitting();
    app.with(model, TestGates.gate(app.policy, app.audit).build())
        .withPropertyValues(ABORT)
        .run(
            context -> {
              started.add(context);
              assertThatThrownBy(() -> Waiting.ask(streamed, context, last, read, pay))
                  .isInstanceOf(ToolDeniedException.class)
                  .hasMessageContaining("revoked");
              assertThat(model.told()).hasSize(1);
              assertThat(read.runs()).isEmpty();
              assertThat(pay.runs()).isEmpty();
              // Each of the three has an end of its own on record.
              assertThat(app.audit.records(AuditRecord.Outcome.class).size() + refused(app).size())
                  .isGreaterThanOrEqualTo(3);
            });
  }

  @Test
  void a_call_that_nobody_may_be_asked_about_now_ends_it_too() {
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("read"), tool("pay")), Waiting.gate(app).build())
        .withPropertyValues(ABORT)
        .run(
            context -> {
              ToolDeniedException thrown =
                  catchThrowableOfType(
                      ToolDeniedException.class, () -> Waiting.ask(false, context, read, pay));
              assertThat(thrown.denial().approvalId()).isEqualTo(Waiting.id(context));
              assertThat(read.runs()).isEmpty();
            });
  }

  /** Thrown through Spring AI: as its processor was told to, and by its limits. */
  static class Broken {
    @Tool
    String broken() {
      throw new IllegalArgumentException("no such file");
    }
  }

  private void endsOnRecord(
      ApplicationContextRunner runner, Application app, Class<? extends Throwable> expected) {
    runner.run(
        context -> {
          app.audit.entries().clear();
          assertThat(catchThrowable(() -> Waiting.ask(false, context, new Broken(), read, pay)))
              .isInstanceOf(expected);
          assertThat(pay.runs()).isEmpty();
          assertThat(refused(app)).containsExactly("run_ended");
        });
  }

  @Test
  void what_a_tool_throws_through_the_manager_leaves_nothing_undecided() {
    Application app = Application.permitting();
    endsOnRecord(
        app.with(TurnsModel.of(tool("broken"), tool("pay")))
            .withPropertyValues("spring.ai.tools.throw-exception-on-error=true"),
        app,
        ToolExecutionException.class);
  }

  @Test
  void neither_do_the_limits_of_spring_ai() {
    Application app = Application.permitting();
    app.with(TurnsModel.of(tool("read"), tool("2", "read", "{\"n\":2}"), tool("pay")))
        .withPropertyValues("spring.ai.tools.limits.max-calls-per-tool-default=1")
        .run(
            context -> {
              app.audit.entries().clear();
              assertThat(Waiting.ask(false, context, read, pay)).isNotEmpty();
              assertThat(read.runs()).hasSize(1);
              assertThat(pay.runs()).isEmpty();
              assertThat(refused(app)).containsExactly("run_ended", "run_ended");
            });
  }

  /** A manager of the application's that gives up after the first call. */
  static final class Halfway implements ToolCallingManager {
    private final ToolCallingManager spring = ToolCallingManager.builder().build();

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return spring.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      var options = requireNonNull((ToolCallingChatOptions) prompt.getOptions());
      var unused = requireNonNull(options.getToolCallbacks()).get(0).call("{}");
      throw new IllegalStateException("halfway");
    }
  }

  @Test
  void nor_a_manager_of_the_applications_own() {
    Application app = Application.permitting();
    app.with(TurnsModel.of(tool("read"), tool("pay")))
        .withBean(Halfway.class)
        .withPropertyValues("tollgate.strict=report") // it fails on the probe call too
        .run(
            context -> {
              app.audit.entries().clear();
              assertThatThrownBy(() -> Waiting.ask(false, context, read, pay))
                  .hasMessage("halfway");
              assertThat(read.runs()).hasSize(1);
              assertThat(refused(app)).containsExactly("run_ended");
            });
  }
}
