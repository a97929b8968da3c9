package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.LangChain4jAutoConfiguration;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each optional dependency may be missing: its part is not there, and the rest starts. */
class OptionalPartsTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ToolGateAutoConfiguration.class,
                  LangChain4jAutoConfiguration.class,
                  TollgateEndpointAutoConfiguration.class,
                  TollgateHealthAutoConfiguration.class,
                  TollgateMetricsAutoConfiguration.class))
          .withBean(
              ToolGate.class,
              () -> TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build())
          .withPropertyValues("management.endpoints.web.exposure.include=tollgate");

  @Test
  void with_all_of_them_everything_is_there() {
    application.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(TollgateEndpoint.class)
                .hasBean("tollgateHealthIndicator")
                .hasBean("tollgateMeters")
                .hasBean("tollgateSanitizing"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.springframework.boot.actuate",
        "org.springframework.boot.health",
        "io.micrometer",
        "org.springframework.security",
        "dev.langchain4j",
        "org.testcontainers",
        "org.springframework.boot.testcontainers",
        "org.springframework.boot.docker"
      })
  void without_one_the_application_starts_with_a_gate(String missing) {
    application
        .withClassLoader(new FilteredClassLoader(missing))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(ToolGate.class);
              assertThat(context.containsBean("tollgateEndpoint"))
                  .isEqualTo(!missing.endsWith("actuate"));
              assertThat(context.containsBean("tollgateHealthIndicator"))
                  .isEqualTo(!missing.endsWith("health"));
              assertThat(context.containsBean("tollgateMeters"))
                  .isEqualTo(!missing.endsWith("micrometer"));
            });
  }

  @Test
  void an_endpoint_that_is_not_exposed_remembers_nothing() {
    application
        .withPropertyValues("management.endpoints.web.exposure.include=health")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(TollgateEndpoint.class)
                    .doesNotHaveBean(RecentDecisions.class));
  }

  @Test
  void the_health_indicator_can_be_switched_off() {
    application
        .withPropertyValues("management.health.tollgate.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("tollgateHealthIndicator"));
  }
}
