package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditSink;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
}
