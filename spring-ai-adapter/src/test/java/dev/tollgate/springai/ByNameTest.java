package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.task.Intent;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Tools that are found by name, and not attached to the request. */
class ByNameTest {
  private final RecordingTool offered = RecordingTool.of("read");
  private final RecordingTool bean = RecordingTool.of("erase");
  private final ScriptedModel model = ScriptedModel.asking(tool("erase"));

  private ApplicationContextRunner with(Application app) {
    return app.with(model).withBean("erase", ToolCallback.class, () -> bean);
  }

  private static ToolCallback found(ApplicationContext context) {
    return Objects.requireNonNull(context.getBean(ToolCallbackResolver.class).resolve("erase"));
  }

  @Test
  void a_tool_that_was_not_offered_never_runs_also_where_spring_ai_would_look_for_it() {
    Application app = Application.permitting();
    with(app)
        .withPropertyValues("spring.ai.tools.resolution.fallback.enabled=true")
        .run(
            context -> {
              assertThat(ask(context, "read it", offered)).contains("tool_unknown");
              assertThat(bean.runs()).isEmpty();
              assertThat(app.policy.asked()).isEmpty();
            });
  }

  @Test
  void what_an_application_finds_by_name_asks_the_gate_when_it_is_called() {
    Application app = Application.permitting();
    with(app)
        .run(
            context -> {
              assertThat(found(context).call("{}")).contains("task_missing");
              ToolGate gate = context.getBean(ToolGate.class);
              try (Scope task = gate.startTask(Intent.human("erase"), null, null, null).open()) {
                assertThat(found(context).call("{}")).isEqualTo("erase ran");
              }
              assertThat(bean.runs()).hasSize(1);
              assertThat(app.policy.asked()).hasSize(1);
            });
  }

  @Test
  void a_guarded_manager_decides_once_on_what_was_found_by_name() {
    Application app = Application.permitting();
    with(app)
        .run(
            context -> {
              assertThat(ask(context, "erase it", found(context))).isEqualTo("erase ran");
              assertThat(bean.runs()).hasSize(1);
              assertThat(app.policy.asked()).hasSize(1);
            });
  }

  @Test
  void what_is_found_by_name_is_denied_as_any_other() {
    with(Application.denying("erase"))
        .run(
            context -> {
              ToolGate gate = context.getBean(ToolGate.class);
              try (Scope task = gate.startTask(Intent.human("erase"), null, null, null).open()) {
                assertThat(found(context).call("{}")).contains("policy_forbidden");
              }
              assertThat(bean.runs()).isEmpty();
            });
  }

  @Test
  void a_name_that_nothing_has_is_still_not_found() {
    with(Application.permitting())
        .run(
            context ->
                assertThat(context.getBean(ToolCallbackResolver.class).resolve("none")).isNull());
  }

  /** A singleton that no post-processor sees. */
  @Test
  void a_resolver_that_is_not_guarded_stops_the_start() {
    Application.permitting()
        .with(model)
        .withInitializer(
            context ->
                ((DefaultListableBeanFactory) context.getBeanFactory())
                    .registerSingleton("toolCallbackResolver", (ToolCallbackResolver) name -> bean))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining(
                        "ToolCallbackResolver toolCallbackResolver is not guarded"));
  }

  @Test
  void a_manager_of_the_application_that_runs_what_it_finds_by_name_gets_guarded_callbacks() {
    Application app = Application.permitting();
    with(app)
        .run(
            context -> {
              ToolCallingManager own =
                  ToolCallingManager.builder()
                      .toolCallbackResolver(context.getBean(ToolCallbackResolver.class))
                      .resolutionFallbackEnabled(true)
                      .build();
              assertThat(Turns.of(own, tool("erase"))).contains("task_missing");
              assertThat(bean.runs()).isEmpty();
            });
  }
}
