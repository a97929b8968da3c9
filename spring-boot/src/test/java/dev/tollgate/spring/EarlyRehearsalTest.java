package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.config.Settings;
import dev.tollgate.key.JwkFileKeySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Whole applications, since nothing less starts a rehearsal. */
class EarlyRehearsalTest {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(ToolGateAutoConfiguration.class)
  static class Office {}

  private static SpringApplication office() {
    SpringApplication application = new SpringApplication(Office.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setRegisterShutdownHook(false);
    return application;
  }

  private static ConfigurableApplicationContext start(
      SpringApplication application, String... properties) {
    return application.run(Arrays.stream(properties).map(one -> "--" + one).toArray(String[]::new));
  }

  private static List<Settings> rehearsed(String... properties) {
    List<Settings> seen = new ArrayList<>();
    SpringApplication application = office();
    application.setListeners(List.of(new EarlyRehearsal(seen::add)));
    assertThatThrownBy(() -> start(application, properties)).hasMessageContaining("nowhere.json");
    return seen;
  }

  @Test
  void every_application_has_it() {
    assertThat(office().getListeners()).hasAtLeastOneElementOfType(EarlyRehearsal.class);
  }

  @Test
  void it_knows_the_settings_before_there_is_a_gate() {
    assertThat(rehearsed("tollgate.keys.file=nowhere.json", "tollgate.policy.set=x"))
        .singleElement()
        .satisfies(settings -> assertThat(settings.find("tollgate.policy.set")).isEqualTo("x"));
  }

  @Test
  void what_is_switched_off_is_not_rehearsed() {
    List<Settings> seen = new ArrayList<>();
    SpringApplication application = office();
    application.setListeners(List.of(new EarlyRehearsal(seen::add)));
    try (var context = start(application, "tollgate.enabled=false")) {
      assertThat(context.getBeansOfType(ToolGate.class)).isEmpty();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void one_application_after_the_other_gets_a_gate_or_hears_why_not(@TempDir Path folder)
      throws Exception {
    Path keys = folder.resolve("keys.json");
    JwkFileKeySource.generate(keys, "test");
    for (int i = 0; i < 2; i++) {
      try (var context = start(office(), "tollgate.keys.file=" + keys)) {
        assertThat(context.getBean(ToolGate.class).isClosed()).isFalse();
      }
      assertThatThrownBy(
              () -> start(office(), "tollgate.keys.file=" + keys, "tollgate.polcy.set=x"))
          .rootCause()
          .hasMessageStartingWith("tollgate.polcy.set is not a key of Tollgate");
    }
  }
}
