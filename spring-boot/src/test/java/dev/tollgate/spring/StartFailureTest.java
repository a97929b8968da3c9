package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditSink;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a developer reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(ToolGateAutoConfiguration.class)
  static class Application {
    @Bean
    AuditSink audit() {
      return new RecordingAuditSink();
    }

    @Bean
    KeySource keys() {
      return TestKeys.inMemory();
    }

    @Bean
    PolicyDecisionPoint mild() {
      return ScriptedPolicy.permitAll();
    }

    @Bean
    PolicyDecisionPoint stern() {
      return ScriptedPolicy.denying("bank_pay");
    }
  }

  @Test
  void two_parts_of_a_kind_are_named_with_what_to_do(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run())
        .isInstanceOf(RuntimeException.class);
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("mild", "stern", "@Primary")
        .doesNotContain("at dev.tollgate");
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(ToolGateAutoConfiguration.class)
  static class OfFiles {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(ToolGateAutoConfiguration.class)
  static class Customized {
    @Bean
    ToolGateCustomizer broken() {
      return builder -> builder.environment(Optional.<String>empty().orElseThrow());
    }
  }

  private static void start(Class<?> application, Path keys, String... properties) {
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .properties("spring.docker.compose.enabled=false", "tollgate.keys.file=" + keys)
            .properties(properties);
    assertThatThrownBy(builder::run).isInstanceOf(RuntimeException.class);
  }

  @Test
  void a_file_that_is_wrong_is_named_with_what_is_wrong_in_it(
      @TempDir Path folder, CapturedOutput output) throws IOException {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(policies.resolve("pay.cedar"), "permit (princ");
    Path manifest = Files.writeString(folder.resolve("tools.yaml"), "nonsense: 1");
    Path noKeys = Files.writeString(folder.resolve("empty.json"), "{}");
    String writable = "tollgate.policy.folder-writable=allow";

    start(OfFiles.class, keys, writable, "tollgate.policy.folder=" + policies);
    start(OfFiles.class, keys, writable, "tollgate.manifest=" + manifest);
    start(OfFiles.class, folder.resolve("none.json"));
    start(OfFiles.class, noKeys);
    start(OfFiles.class, keys, "tollgate.state.file=" + noKeys.resolve("state"));
    assertThat(output)
        .contains("Tollgate cannot start: " + policies.resolve("pay.cedar") + ":1: ")
        .contains("tools.yaml:1: nonsense: unknown key")
        .contains("cannot read " + folder.resolve("none.json"))
        .contains("empty.json is not a JWK set")
        .contains(noKeys.resolve("state").toString())
        .doesNotContain("at dev.tollgate", "Application run failed");
  }

  /** Nobody could find a mistake in their own code otherwise. */
  @Test
  void what_the_applications_own_code_throws_keeps_its_stack_trace(
      @TempDir Path folder, CapturedOutput output) throws IOException {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    start(Customized.class, keys);
    assertThat(output)
        .contains("Application run failed", "at dev.tollgate.spring.StartFailureTest");
  }
}
