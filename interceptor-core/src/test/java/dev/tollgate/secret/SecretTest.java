package dev.tollgate.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.task.Caller;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretTest {
  private final Secret secret = Secret.of("zebra");

  @Test
  void itHasNoTextNoEqualityAndNoSerialForm() {
    assertThat(secret).asString().doesNotContain("zebra");
    assertThat(new Caller("acme", "alice", secret).toString()).doesNotContain("zebra");
    assertThat(secret).isNotEqualTo(Secret.of("zebra")).isNotInstanceOf(Serializable.class);
    assertThat(Secret.of("zebra").hashCode()).isNotEqualTo("zebra".hashCode());
  }

  /** What lists getters or public fields, as loggers and mappers do, finds nothing. */
  @Test
  void nothingCanBeReadOffIt() {
    assertThat(Secret.class.getFields()).isEmpty();
    assertThat(Arrays.stream(Secret.class.getDeclaredFields()))
        .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
    assertThat(Arrays.stream(Secret.class.getMethods()).filter(m -> m.getParameterCount() == 0))
        .extracting(java.lang.reflect.Method::getName)
        .doesNotContain("get", "value", "getValue", "reveal")
        .contains("wipe");
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the test
  void itIsRevealedToWhoMaySeeIt() {
    assertThat(secret.<String>reveal(SecretAccess.granted(), text -> text)).isEqualTo("zebra");
    assertThatThrownBy(() -> secret.reveal(null, text -> text))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void itEnds() {
    secret.wipe();
    assertThatThrownBy(() -> secret.reveal(SecretAccess.granted(), text -> text))
        .isInstanceOf(IllegalStateException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
  }
}
