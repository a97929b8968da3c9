package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/** What endpoints that show settings show of this library's. */
class SettingsSanitizingTest {
  private static Object shown(String key, String value) {
    return String.valueOf(
        new SettingsSanitizing().apply(new SanitizableData(null, key, value)).getValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tollgate.oauth.client-secret",
        "tollgate.redis.password",
        "tollgate.keys.passphrase",
        "tollgate.vault.token",
        "tollgate.api.key",
        "TOLLGATE_OAUTH_CLIENT_SECRET",
        "TOLLGATE_API_KEY"
      })
  void what_could_be_a_secret_is_never_shown(String key) {
    assertThat(shown(key, "hunter2")).isEqualTo("******");
  }

  @Test
  void a_password_in_an_address_is_taken_out_of_it() {
    assertThat(shown("tollgate.redis.url", "redis://u:hunter2@cache:6379/0"))
        .isEqualTo("redis://******@cache:6379/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REDIS://u:hunter2@cache:6379",
        "redis://u:hu@hunter2@cache:6379",
        "redis://u:hu/hunter2@cache:6379",
        "redis://cache:6379,redis://u:hunter2@cache:6380",
        "jdbc:postgresql://u:hunter2@db/tollgate"
      })
  void however_the_address_is_written(String address) {
    assertThat(String.valueOf(shown("tollgate.redis.url", address)))
        .doesNotContain("hunter2")
        .contains("://******@");
  }

  @Test
  void what_is_no_secret_and_what_is_not_ours_stays() {
    assertThat(shown("tollgate.oauth.token-endpoint", "https://sso/token"))
        .isEqualTo("https://sso/token");
    assertThat(shown("tollgate.keys.file", "/etc/keys.json")).isEqualTo("/etc/keys.json");
    assertThat(shown("spring.datasource.password", "x")).isEqualTo("x");
  }
}
