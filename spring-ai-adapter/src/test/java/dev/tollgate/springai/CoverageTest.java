package dev.tollgate.springai;

import static dev.tollgate.springai.Application.ask;
import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.testkit.TestGates;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CoverageTest {
  private final RecordingTool read = RecordingTool.of("read");
  private final ScriptedModel model = ScriptedModel.asking(tool("read"));
  private final Application app = Application.permitting();

  /** A manager that runs each call twice, as one that retries would. */
  record Retrying(ToolCallingManager delegate) implements ToolCallingManager {
    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return delegate.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      delegate.executeToolCalls(prompt, response);
      return delegate.executeToolCalls(prompt, response);
    }
  }

  /** A manager that runs something else than the model asked for. */
  record Rewriting(ToolCallingManager delegate) implements ToolCallingManager {
    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return delegate.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      return delegate.executeToolCalls(
          prompt, ScriptedModel.asking(List.of(tool("1", "read", "{\"path\":\"/etc\"}"))));
    }
  }

  @Test
  void what_a_manager_rewrites_is_decided_again_before_it_runs() {
    app.with(model)
        .withBean(
            ToolCallingManager.class, () -> new Rewriting(ToolCallingManager.builder().build()))
        .withPropertyValues("tollgate.strict=false") // it does not run the probe's call as it is
        .run(
            context -> {
              app.policy.asked().clear();
              assertThat(ask(context, "read it", read)).isEqualTo("read ran");
              assertThat(app.policy.asked()).hasSize(2);
              assertThat(CanonicalJson.text(app.policy.asked().get(1).get(0).arguments()))
                  .isEqualTo("{\"path\":\"/etc\"}");
              assertThat(read.runs().get(0).arguments()).isEqualTo("{\"path\":\"/etc\"}");
            });
  }

  /** A singleton that no post-processor sees. */
  private static ApplicationContextRunner smuggling(ApplicationContextRunner runner) {
    return runner.withInitializer(
        context ->
            ((DefaultListableBeanFactory) context.getBeanFactory())
                .registerSingleton("toolCallingManager", ToolCallingManager.builder().build()));
  }

  @Test
  void a_manager_of_the_application_is_guarded_and_a_retry_is_decided_again() {
    app.with(model)
        .withBean(
            "mine",
            ToolCallingManager.class,
            () -> new Retrying(ToolCallingManager.builder().build()))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(ToolCallingManager.class);
              assertThat(ask(context, "read it", read)).isEqualTo("read ran");
              assertThat(read.runs()).hasSize(2);
              assertThat(app.policy.asked()).hasSize(2);
            });
  }

  @Test
  void a_manager_that_is_not_guarded_stops_the_start() {
    smuggling(app.with(model))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("ToolCallingManager toolCallingManager is not guarded")
                    .hasMessageContaining("tollgate.strict=report"));
    smuggling(app.with(model))
        .withPropertyValues("tollgate.strict=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void an_advisor_bean_with_a_manager_of_its_own_stops_the_start() {
    app.with(model)
        .withBean(ToolCallingAdvisor.class, () -> ToolCallingAdvisor.builder().build())
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("uses a manager that is not guarded"));
  }

  @Test
  void a_client_bean_made_by_hand_stops_the_start_and_one_of_the_builder_does_not() {
    app.with(model)
        .withBean("byHand", ChatClient.class, () -> ChatClient.create(model))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("ChatClient byHand uses a manager that is not guarded"));
    app.with(model)
        .withUserConfiguration(Clients.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  /** Of Spring AI's own builder, but with an advisor that takes the place of the guarded one. */
  @Configuration(proxyBeanMethods = false)
  static class Owning {
    @Bean
    ChatClient owning(ChatClient.Builder builder) {
      return builder.defaultAdvisors(ToolCallingAdvisor.builder().build()).build();
    }
  }

  @Test
  void a_client_with_an_advisor_of_its_own_stops_the_start() {
    app.with(model)
        .withUserConfiguration(Owning.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("ChatClient owning uses a manager that is not guarded"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwningBuilder {
    /** In place of Spring AI's own, with all that one has. */
    @Bean
    ChatClient.Builder making(ChatModel model, ToolCallingAdvisor.Builder<?> guarded) {
      return ChatClient.builder(model, ObservationRegistry.NOOP, null, null, guarded)
          .defaultAdvisors(ToolCallingAdvisor.builder().build());
    }
  }

  @Test
  void a_builder_with_an_advisor_of_its_own_stops_the_start() {
    app.with(model)
        .withUserConfiguration(OwningBuilder.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("making uses a manager that is not guarded"));
  }

  @Test
  void an_advisor_builder_with_a_manager_of_its_own_stops_the_start() {
    app.with(model)
        .withBean(
            "advising",
            ToolCallingAdvisor.Builder.class,
            () ->
                ToolCallingAdvisor.builder()
                    .toolCallingManager(ToolCallingManager.builder().build()))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("advising uses a manager that is not guarded"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Clients {
    @Bean
    ChatClient client(ChatClient.Builder builder) {
      return builder.defaultSystem("be kind").build();
    }
  }

  @Test
  void a_guard_around_a_guard_decides_once() {
    app.with(model)
        .run(
            context -> {
              ToolCallingManager guarded = context.getBean(ToolCallingManager.class);
              Application outer = Application.permitting();
              outer
                  .with(model)
                  .withBean(ToolCallingManager.class, () -> new Disguised(guarded))
                  .run(
                      both -> {
                        assertThat(ask(both, "read it", read)).isEqualTo("read ran");
                        assertThat(outer.policy.asked()).hasSize(1);
                        assertThat(app.policy.asked()).isEmpty();
                      });
            });
  }

  /** Hides that what it holds is a guard. */
  record Disguised(ToolCallingManager delegate) implements ToolCallingManager {
    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return delegate.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      return delegate.executeToolCalls(prompt, response);
    }
  }

  @Test
  void the_probe_does_not_run_in_observe_mode_either() {
    app.with(model, TestGates.gate(app.policy, app.audit).observe(true).build())
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void a_broken_audit_denies_the_probe_as_it_denies_everything() {
    app.audit.failing(true);
    app.with(model)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(ask(context, "read it", read)).contains("audit_unavailable");
              assertThat(read.runs()).isEmpty();
            });
  }

  @Test
  void switched_off_nothing_is_guarded() {
    Application.bare()
        .withBean(ChatModel.class, () -> model)
        .withPropertyValues("tollgate.enabled=false")
        .run(
            context -> {
              assertThat(context.getBean(ToolCallingManager.class))
                  .isNotInstanceOf(GuardedToolCallingManager.class);
              assertThat(ask(context, "read it", read)).isEqualTo("read ran");
            });
  }

  /**
   * Spring AI 2.0 gives such a client a manager of its own, which no bean post-processor sees. This
   * is what happens, not what should: the tool runs, without a task and without a credential.
   */
  @Test
  void a_client_made_by_hand_escapes_and_gets_no_credential() {
    app.with(model)
        .run(
            context -> {
              app.audit.entries().clear();
              assertThat(
                      ChatClient.create(context.getBean(ChatModel.class))
                          .prompt()
                          .user("read it")
                          .tools(read)
                          .call()
                          .content())
                  .isEqualTo("read ran");
              assertThat(app.audit.entries()).isEmpty();
              assertThat(read.runs())
                  .singleElement()
                  .satisfies(
                      run -> {
                        assertThat(run.task()).isNull();
                        assertThat(run.credential()).isFalse();
                      });
            });
  }
}
