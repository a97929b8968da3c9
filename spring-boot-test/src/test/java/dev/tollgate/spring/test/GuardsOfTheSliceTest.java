package dev.tollgate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class GuardsOfTheSliceTest {
  @Test
  void outside_of_a_test_the_annotation_does_nothing() {
    new ApplicationContextRunner()
        .withUserConfiguration(Annotated.class)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TollgateRecords.class));
  }

  @Test
  void a_gate_of_the_applications_own_is_not_taken_for_silence() {
    ToolGate own = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class))
        .withUserConfiguration(TollgateTestConfiguration.class)
        .withBean(ToolGate.class, () -> own)
        .run(
            context ->
                assertThatThrownBy(
                        () -> assertThat(context.getBean(TollgateRecords.class)).ranNothing())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("its own ToolGate"));
  }

  @Configuration(proxyBeanMethods = false)
  @AutoConfigureTollgateTest
  static class Annotated {}
}
