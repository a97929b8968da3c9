package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.guard.LoopWatch.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopWatchTest {
  /** One letter a call. */
  private static @Nullable Rule broken(String calls) {
    long[] trail = calls.chars().asLongStream().toArray();
    return LoopWatch.broken(trail, trail.length);
  }

  @ParameterizedTest
  @CsvSource({
    "aaaa,REPEAT",
    "xyzaaaa,REPEAT",
    "ababab,CYCLE",
    "xyababab,CYCLE",
    "abcabcabc,CYCLE",
    "aabaabaab,CYCLE",
    "abababab,CYCLE",
    "axayazabacadaeafa,WINDOW",
    "aaxaaxyaaz,",
    "aaxaayzaa,WINDOW"
  })
  void circles(String calls, @Nullable Rule rule) {
    assertThat(broken(calls)).isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "aaa",
        "aaabaa", // polling
        "abab",
        "ababa",
        "babab", // two rounds and a half
        "abcabc",
        "abcabcab",
        "abcabcabd",
        "abcabdabc", // a round that differs
        "abcdabcdabcd", // four calls long: work on a list looks like this
        "axayazawa" // five times
      })
  void noCircles(String calls) {
    assertThat(broken(calls)).isNull();
  }

  /** What came before is over: it was stepped up when it happened. */
  @Test
  void onlyTheNewestCallCounts() {
    assertThat(broken("aaaab")).isNull();
    assertThat(broken("abababc")).isNull();
    assertThat(broken("aaabaaabz")).isNull();
  }
}
