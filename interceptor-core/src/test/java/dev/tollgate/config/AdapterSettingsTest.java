package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterSettingsTest {

  @Test
  void withoutKeysTheyAreTheStrictOnes() {
    assertThat(AdapterSettings.from(new Settings(Map.of()))).isEqualTo(AdapterSettings.DEFAULT);
    assertThat(AdapterSettings.DEFAULT)
        .isEqualTo(new AdapterSettings(Strictness.TRUE, Denied.RESULT, Duration.ZERO, true));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            AdapterSettings.from(
                new Settings(
                    Map.of(
                        "tollgate.strict", "woven",
                        "tollgate.denied", "abort",
                        "tollgate.approval.wait", "90s",
                        "tollgate.tool-list", "full"))))
        .isEqualTo(
            new AdapterSettings(Strictness.WOVEN, Denied.ABORT, Duration.ofSeconds(90), false));
  }

  @Test
  void aCallThatWaitsSuspendsTheRunOrHoldsItsThreadNotBoth() {
    Map<String, String> suspending = Map.of("tollgate.approval.pending", "suspend");
    assertThat(AdapterSettings.from(new Settings(suspending)).pending())
        .isEqualTo(AdapterSettings.Pending.SUSPEND);
    assertThatThrownBy(
            () ->
                AdapterSettings.from(
                    new Settings(
                        Map.of(
                            "tollgate.approval.pending", "suspend",
                            "tollgate.approval.wait", "1m"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.approval.wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "false"})
  void reportingAloneHasTwoSpellings(String value) {
    assertThat(AdapterSettings.from(new Settings(Map.of("tollgate.strict", value))).strictness())
        .isEqualTo(Strictness.REPORT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tollgate.strict=yes",
        "tollgate.denied=throw",
        "tollgate.approval.wait=0s",
        "tollgate.approval.wait=soon",
        "tollgate.approval.pending=hold",
        "tollgate.tool-list=none"
      })
  void aValueThatNobodyKnowsIsRefusedByItsKey(String setting) {
    String[] parts = setting.split("=", 2);
    assertThatThrownBy(() -> AdapterSettings.from(new Settings(Map.of(parts[0], parts[1]))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(parts[0]);
  }
}
