package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Settings of(String value) {
    return new Settings(Map.of("tollgate.x", value));
  }

  @ParameterizedTest
  @CsvSource({"60s,PT60S", "500ms,PT0.5S", "15m,PT15M", "1h,PT1H", "PT2S,PT2S", "P1D,PT24H"})
  void durations(String text, Duration expected) {
    assertThat(of(text).duration("tollgate.x", Duration.ofDays(9))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60",
        "s",
        "-5s",
        "0s",
        "PT0S",
        "-1ms",
        "xms",
        "1 fortnight",
        "99999999999999999999s"
      })
  void badDurationsNameTheKey(String text) {
    assertThatThrownBy(() -> of(text).duration("tollgate.x", Duration.ofDays(9)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.x")
        .hasMessageContaining(text);
  }

  @Test
  void wordsAndNumbers() {
    assertThat(of("observe").oneOf("tollgate.x", "enforce", "enforce", "observe"))
        .isEqualTo("observe");
    assertThatThrownBy(() -> of("off").oneOf("tollgate.x", "enforce", "enforce", "observe"))
        .hasMessageContaining("enforce, observe");
    assertThat(of(" 7 ").number("tollgate.x", 1)).isEqualTo(7);
    assertThatThrownBy(() -> of("7.5").number("tollgate.x", 1)).hasMessageContaining("tollgate.x");
    assertThat(of(" ").find("tollgate.x")).isNull();
    assertThatThrownBy(() -> of(" ").require("tollgate.x")).hasMessageContaining("is not set");
  }
}
