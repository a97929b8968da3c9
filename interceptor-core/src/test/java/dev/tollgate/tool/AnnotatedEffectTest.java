package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** A server may say that its tool is more dangerous than people thought, never less. */
class AnnotatedEffectTest {
  @Test
  void aToolThatIsNotReadOnlyWrites() {
    assertThat(AnnotatedEffect.raise(Effect.READ, Set.of("readOnlyHint:false")))
        .isEqualTo(Effect.WRITE);
    assertThat(AnnotatedEffect.raise(Effect.READ, Set.of("readOnlyHint:maybe")))
        .isEqualTo(Effect.WRITE);
  }

  @Test
  void aDestructiveToolDeletes() {
    for (Effect listed : new Effect[] {Effect.READ, Effect.WRITE, Effect.SEND, Effect.SHARE}) {
      assertThat(AnnotatedEffect.raise(listed, Set.of("destructiveHint:true", "readOnlyHint:true")))
          .isEqualTo(Effect.DELETE);
    }
  }

  @Test
  void nothingLowers() {
    Set<String> harmless = Set.of("readOnlyHint:true", "destructiveHint:false");
    Set<String> harmful = Set.of("readOnlyHint:false", "destructiveHint:true");
    for (Effect listed : Effect.values()) {
      assertThat(AnnotatedEffect.raise(listed, harmless)).isEqualTo(listed);
      assertThat(AnnotatedEffect.raise(listed, Set.of())).isEqualTo(listed);
      assertThat(AnnotatedEffect.raise(listed, harmful)).isGreaterThanOrEqualTo(listed);
    }
  }
}
