package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.springai.credential.CallCredentialAutoConfiguration;
import dev.tollgate.testkit.TestGates;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class AssemblyTest {
  @TempDir private Path folder = Path.of("");

  private static ApplicationContextRunner application() {
    return Application.bare()
        .withBean(ChatModel.class, () -> ScriptedModel.asking(tool("read")))
        .withPropertyValues("spring.application.name=office");
  }

  @Test
  void the_gate_is_made_from_springs_properties() throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    RecordingTool read = RecordingTool.of("read");
    application()
        .withPropertyValues(
            "tollgate.keys.file=" + keys,
            "tollgate.tenant=acme",
            "tollgate.subject=alice",
            "tollgate.audit.folder=" + folder.resolve("audit"),
            "tollgate.audit.anchor=" + folder.resolve("anchor"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              // Nothing says what may run, so nothing may.
              assertThat(Application.ask(context, "read it", read)).contains("policy_missing");
              assertThat(read.runs()).isEmpty();
            });
  }

  @Test
  void state_approvals_and_limits_come_from_springs_properties_too() throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    RecordingTool read = RecordingTool.of("read");
    application()
        .withPropertyValues(
            "tollgate.keys.file=" + keys,
            "tollgate.tenant=acme",
            "tollgate.subject=alice",
            "tollgate.audit.folder=" + folder.resolve("audit"),
            "tollgate.audit.anchor=" + folder.resolve("anchor"),
            "tollgate.state.file=" + folder.resolve("state.log"),
            "tollgate.approval.max-pending=3",
            "tollgate.approval.lifetime=5m",
            "tollgate.task.idle=2m",
            "tollgate.guard.loops=false",
            "tollgate.budget.task.denials=7",
            "tollgate.rate.subject=1/1h",
            "tollgate.delegation.trust-domain=acme.example")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(Application.ask(context, "read it", read)).contains("policy_missing");
              assertThat(Application.ask(context, "read it", read)).contains("rate_limited");
              assertThat(folder.resolve("state.log")).isNotEmptyFile();
              assertThat(context.getBean(ToolGate.class).approvals()).isNotNull();
            });
    application()
        .withPropertyValues("tollgate.keys.file=" + keys, "tollgate.budget.task.dinners=7")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("tollgate.budget.task.dinners"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Bootstrapped {}

  @Test
  void spring_boot_finds_it_and_it_can_be_switched_off() {
    SpringApplication application = new SpringApplication(Bootstrapped.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    assertThatThrownBy(application::run).rootCause().hasMessageContaining("tollgate.keys.file");
    try (var context = application.run("--tollgate.enabled=false")) {
      assertThat(context.getBeanProvider(ToolGate.class).getIfAvailable()).isNull();
      assertThat(context.getBeanProvider(ToolCallingManager.class).getIfAvailable()).isNotNull();
    }
  }

  @Test
  void it_does_without_chat_clients_and_rest_clients() {
    Application app = Application.permitting();
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TollgateAutoConfiguration.class,
                CallCredentialAutoConfiguration.class,
                ToolCallingAutoConfiguration.class))
        .withClassLoader(
            new FilteredClassLoader(
                ChatClient.class, RestClientCustomizer.class, HttpClientSettings.class))
        .withBean(ToolGate.class, () -> TestGates.gate(app.policy, app.audit).build())
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean("tollgateIntentCustomizer");
              assertThat(context.getBean(ToolCallingManager.class))
                  .isInstanceOf(GuardedToolCallingManager.class);
            });
  }
}
