package dev.tollgate.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A configured subject beside users that sign in is worth a warning. */
@ExtendWith(OutputCaptureExtension.class)
class ConfiguredSubjectTest {
  private static final String WARNING =
      "what a request hands to a thread without its security context runs on behalf of that subject";

  private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R with(
      R runner, String... properties) {
    return runner
        .withConfiguration(
            AutoConfigurations.of(ToolGateAutoConfiguration.class, SecurityAutoConfiguration.class))
        .withBean(
            ToolGate.class,
            () -> TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build())
        .withPropertyValues("tollgate.tenant=acme")
        .withPropertyValues(properties);
  }

  @Test
  void a_web_application_with_a_configured_subject_is_warned(CapturedOutput output) {
    with(new WebApplicationContextRunner(), "tollgate.subject=batch")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).containsOnlyOnce(WARNING);
  }

  @Test
  void others_are_not(CapturedOutput output) {
    with(new WebApplicationContextRunner()).run(context -> assertThat(context).hasNotFailed());
    with(new ApplicationContextRunner(), "tollgate.subject=batch")
        .run(context -> assertThat(context).hasNotFailed());
    with(new WebApplicationContextRunner(), "tollgate.subject=batch")
        .withBean(CallerSource.class, () -> () -> null)
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).doesNotContain(WARNING);
  }
}
