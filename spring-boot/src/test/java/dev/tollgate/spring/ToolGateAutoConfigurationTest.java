package dev.tollgate.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ToolGateAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ToolGateAutoConfiguration.class));

  @Test
  void the_gate_is_a_bean_and_closes_with_its_context(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    List<ToolGate> made = new ArrayList<>();
    application
        .withPropertyValues("tollgate.keys.file=" + keys)
        .run(
            context -> {
              made.add(context.getBean(ToolGate.class));
              assertThat(made.get(0).isClosed()).isFalse();
            });
    assertThat(made.get(0).isClosed()).isTrue();
  }

  @Test
  void the_spring_boot_that_runs_is_the_one_that_was_asked_for() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("boot.version"));
  }

  @Test
  void a_gate_of_the_applications_own_is_left_alone() {
    ToolGate own = TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
    application
        .withBean(ToolGate.class, () -> own)
        .run(context -> assertThat(context.getBean(ToolGate.class)).isSameAs(own));
  }

  @Test
  void without_tollgate_there_is_no_gate() {
    application
        .withPropertyValues("tollgate.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ToolGate.class));
  }

  @Test
  void a_setting_that_is_missing_or_unknown_stops_the_start_with_a_remedy() {
    application.run(
        context -> {
          assertThat(context).getFailure().rootCause().hasMessageContaining("tollgate.keys.file");
          var analysis =
              new ConfigurationFailureAnalyzer()
                  .analyze(requireNonNull(context.getStartupFailure()));
          assertThat(analysis).isNotNull();
          assertThat(analysis.getDescription()).contains("tollgate.keys.file is not set");
          assertThat(analysis.getAction()).contains("Correct the property");
        });
    application
        .withPropertyValues("tollgate.polcy.set=x")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tollgate.polcy.set"));
  }

  @Test
  void settings_come_from_the_environment_and_from_lists() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("TOLLGATE_KEYS_FILE", "/keys.json")));
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "yaml",
                Map.of(
                    "home", "/opt",
                    "tollgate.agent-groups[0]", "a",
                    "tollgate.agent-groups[1]", "b",
                    "tollgate.audit.folder", "${home}/audit",
                    "tollgate.arguments.max-bytes", 1000)));
    Settings settings = SpringSettings.from(environment);
    assertThat(settings.find("tollgate.keys.file")).isEqualTo("/keys.json");
    assertThat(settings.find("tollgate.agent-groups")).isEqualTo("a,b");
    assertThat(settings.find("tollgate.audit.folder")).isEqualTo("/opt/audit");
    assertThat(settings.number("tollgate.arguments.max-bytes", 0)).isEqualTo(1000);
  }
}
