package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DelegationTextTest {

  @Test
  void readsWhatItWrote() {
    assertThat(DelegationText.received(DelegationText.headers("a.b.c"), null)).isEqualTo("a.b.c");
    assertThat(DelegationText.received(null, DelegationText.metadata("a.b.c"))).isEqualTo("a.b.c");
    assertThat(
            DelegationText.received(
                DelegationText.headers("a.b.c"), DelegationText.metadata("a.b.c")))
        .isEqualTo("a.b.c");
  }

  @Test
  void takesAHeaderInAnyCase() {
    assertThat(DelegationText.received(Map.of("txn-token", "a.b.c"), Map.of())).isEqualTo("a.b.c");
  }

  @Test
  void takesNothingWhereNothingOrNoTextArrived() {
    assertThat(DelegationText.received(null, null)).isEmpty();
    assertThat(DelegationText.received(Map.of("Other", "a.b.c"), Map.of("other", "x"))).isEmpty();
    assertThat(DelegationText.received(null, Map.of(DelegationText.METADATA, 7))).isEmpty();
    assertThat(DelegationText.received(Map.of(DelegationText.HEADER, 7), null)).isEmpty();
  }

  @Test
  void takesNoneOfTwoThatDiffer() {
    assertThat(
            DelegationText.received(
                DelegationText.headers("a.b.c"), DelegationText.metadata("d.e.f")))
        .isEmpty();
    assertThat(DelegationText.received(Map.of("Txn-Token", "a", "txn-token", "b"), null)).isEmpty();
  }
}
