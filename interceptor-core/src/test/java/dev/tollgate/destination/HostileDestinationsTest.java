package dev.tollgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileDestinationsTest {
  private static final DestinationReader READER = new DestinationReader(TrustZones.NONE);

  @ParameterizedTest
  @MethodSource("dev.tollgate.destination.HostileDestinations#all")
  void whatNamesNoPlaceOrTwoIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> READER.read(List.of(text), null))
        .isInstanceOf(UnreadableDestinationException.class)
        .message()
        .matches("[A-Za-z0-9 ,.@-]+");
  }

  @Test
  void thereAreHundredsOfThem() {
    assertThat(HostileDestinations.all()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
  }
}
