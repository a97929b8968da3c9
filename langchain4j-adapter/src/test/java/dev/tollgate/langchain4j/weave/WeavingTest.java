package dev.tollgate.langchain4j.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("woven")
class WeavingTest {

  @Test
  void isActiveExactlyWhereTheWeaverWasAttached() {
    assertThat(Weaving.active()).isEqualTo(Boolean.getBoolean("woven"));
  }
}
