package dev.tollgate.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.testkit.TestGates;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts that are refused: a call that must be denied was not, or would not reach the gate. */
class ProbeTest {
  private static final ToolCallingManager PLAIN = ToolCallingManager.builder().build();

  /** Does what it likes with what the plain manager found out. */
  private record Own(UnaryOperator<ToolExecutionResult> after) implements ToolCallingManager {
    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
      return PLAIN.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
      return after.apply(PLAIN.executeToolCalls(prompt, response));
    }
  }

  private static ToolExecutionResult inventing(ToolExecutionResult result) {
    return ToolExecutionResult.builder()
        .conversationHistory(
            List.of(
                ToolResponseMessage.builder()
                    .responses(
                        List.of(
                            new ToolResponseMessage.ToolResponse("probe", "tollgate_probe", "ok")))
                    .build()))
        .build();
  }

  private static ToolExecutionResult failing(ToolExecutionResult result) {
    throw new IllegalArgumentException("what a tool's arguments said");
  }

  @Test
  void a_manager_that_runs_the_call_is_found_out() {
    assertThat(Probe.failure(PLAIN)).isEqualTo("ran a call that the gate must deny");
    assertThat(Probe.failure(new Own(ProbeTest::inventing)))
        .isEqualTo("ran a call that the gate must deny");
  }

  private static void refuses(UnaryOperator<ToolExecutionResult> after, String because) {
    ApplicationContextRunner application =
        Application.permitting()
            .with(ScriptedModel.asking())
            .withBean(ToolCallingManager.class, () -> new Own(after));
    application.run(
        context ->
            assertThat(context)
                .getFailure()
                .hasMessageContaining(because)
                .hasMessageNotContaining("arguments said"));
    application
        .withPropertyValues("tollgate.strict=report")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void one_that_is_guarded_and_gives_another_answer_than_the_gate_stops_the_start() {
    refuses(ProbeTest::inventing, "did not hand the gate's denial back");
  }

  @Test
  void so_does_one_that_fails_without_showing_what_it_was_called_with() {
    refuses(ProbeTest::failing, "failed on the probe call with java.lang.IllegalArgumentException");
  }

  /** A weaver that weaves the callbacks and leaves the managers out, or the other way round. */
  @Test
  void half_a_fourth_layer_is_none() {
    String denial = "{\"error\":\"denied\"}";
    assertThat(new WovenProbe(() -> true, body -> denial).failure())
        .isEqualTo("a manager made by hand ran a call that the gate must deny");
    assertThat(
            new WovenProbe(
                    () -> true,
                    body -> {
                      String unused = body.apply("not JSON");
                      return denial;
                    })
                .failure())
        .contains("classes are not woven");
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnAdvisorInClient {
    @Bean
    ChatClient client(ChatClient.Builder builder) {
      return builder.defaultAdvisors(ToolCallingAdvisor.builder().build()).build();
    }
  }

  /** One for all, in place of Spring AI's, which is made anew for each. */
  @Configuration(proxyBeanMethods = false)
  static class OwnAdvisorInBuilder {
    @Bean
    ChatClient.Builder builder(
        ChatModel model,
        ChatClientBuilderConfigurer configurer,
        ToolCallingAdvisor.Builder<?> advisors) {
      return configurer
          .configure(ChatClient.builder(model, ObservationRegistry.NOOP, null, null, advisors))
          .defaultAdvisors(ToolCallingAdvisor.builder().build());
    }
  }

  /** It takes the place of the one that the client would make with the guarded manager. */
  @ParameterizedTest
  @ValueSource(classes = {OwnAdvisorInClient.class, OwnAdvisorInBuilder.class})
  void an_advisor_with_a_manager_of_its_own_among_a_clients_defaults_stops_the_start(
      Class<?> configuration) {
    Application.permitting()
        .with(ScriptedModel.asking())
        .withUserConfiguration(configuration)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("uses a manager that is not guarded"));
  }

  /** Then Spring AI's builder makes one by itself, in each client anew. */
  @Test
  void clients_without_a_manager_bean_stop_the_start() {
    Application app = Application.permitting();
    ApplicationContextRunner application =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    ToolGateAutoConfiguration.class,
                    TollgateAutoConfiguration.class,
                    ChatClientAutoConfiguration.class))
            .withBean(ToolGate.class, () -> TestGates.gate(app.policy, app.audit).build())
            .withBean(ChatModel.class, ScriptedModel::asking);
    application.run(
        context ->
            assertThat(context)
                .getFailure()
                .hasMessageContaining("ChatClient.Builder finds no ToolCallingAdvisor.Builder"));
  }
}
