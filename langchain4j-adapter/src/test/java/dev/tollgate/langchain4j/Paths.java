package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import java.util.List;

/** What must be seen of a path that only the second layer covers. */
final class Paths {
  /** Whether this run has the weaver. */
  static final boolean WOVEN = Boolean.getBoolean("woven");

  private Paths() {}

  /** A task, as an application opens it around its own code. */
  static Task task(Gated gated) {
    return gated.gate.startTask(Intent.human("go"), null, null, null);
  }

  /** Woven, these calls and no others were decided; unwoven, none: that is what escapes. */
  static void assertDecided(Gated gated, String... tools) {
    assertThat(gated.proposed())
        .extracting(proposed -> proposed.tool())
        .containsExactlyElementsOf(WOVEN ? List.of(tools) : List.of());
  }
}
