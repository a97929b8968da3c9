package dev.tollgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallFingerprintTest {
  private final Watched watched = new Watched(GuardSettings.OFF);
  private final Task task = watched.task();

  private long print(String tool, String arguments) {
    return CallFingerprint.of(watched.call(task, tool, arguments));
  }

  private long note(String text) {
    return print("look", "{\"id\":\"7\",\"note\":\"" + text + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "try 1|try 2",
        "try 9|try 10",
        "try ٣|try 3",
        "  wait  a bit |wait a bit",
        "wait\\ta\\u00a0bit\\n|wait a bit",
        "at 2026-11-23T12:00:00Z now|at 2026-11-23T12:00:01.257+01:00 now",
        "at 2026-11-23 12:00|at 2026-11-24",
        "2026-11-23T12:00:00+0100|2026-11-23T12:00:00-01",
        "trace 2f1c9a34-0b7e-4c55-9d10-aa3e5b6c7d8e|trace 91D02b11-1b2c-4d3e-8f90-0123456789ab",
        "nonce 4f9a0c77e1b2d3a4|nonce 1234567890123456",
        "req_9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d|req_0000000000000000",
        "took 15ms|took 7ms"
      })
  void whatOnlyJittersIsTheSame(String one, String other) {
    assertThat(note(one)).isEqualTo(note(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Alice|alice",
        "red|blue",
        "ab|a b",
        "try 1|try 1 1",
        "feedface|deadbeef",
        "page one|page two",
        "2026-11-23x|2026-11-23",
        "x|",
        "v1|1v"
      })
  void whatSaysSomethingElseDiffers(String one, String other) {
    assertThat(note(one)).isNotEqualTo(note(other == null ? "" : other));
  }

  @Test
  void numbersAndNestingJitterToo() {
    assertThat(print("look", "{\"n\":1,\"deep\":[{\"at\":\"12:01\"}]}"))
        .isEqualTo(print("look", "{\"deep\":[{\"at\":\"12:02\"}],\"n\":2.5}"))
        .isNotEqualTo(print("look", "{\"n\":1,\"deep\":[[{\"at\":\"12:01\"}]]}"))
        .isNotEqualTo(print("look", "{\"n\":\"1\",\"deep\":[{\"at\":\"12:01\"}]}"))
        .isNotEqualTo(print("look", "{\"n\":true,\"deep\":[{\"at\":\"12:01\"}]}"))
        .isNotEqualTo(print("look", "{\"n\":null,\"deep\":[{\"at\":\"12:01\"}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"8\"}",
        "{\"id\":\" 8 a\"}",
        "{\"id\":\"2026-11-23\"}",
        "{\"id\":\"2026-11-24\"}",
        "{\"id\":7}",
        "{\"id\":[\"7\"]}",
        "{\"id\":null}",
        "{}"
      })
  void whatSteersIsComparedExactly(String arguments) {
    assertThat(print("look", arguments)).isNotEqualTo(print("look", "{\"id\":\"7\"}"));
    assertThat(print("look", "{\"id\":\"\\n7 \"}")).isEqualTo(print("look", "{\"id\":\"7\"}"));
  }

  @Test
  void aSteeringNumberCountsWithAllItsDigits() {
    Set<Long> prints = new HashSet<>();
    for (int cents = 0; cents < 1000; cents++) {
      prints.add(print("pay", "{\"to\":\"x\",\"eur\":" + cents / 100d + "}"));
    }
    assertThat(prints).hasSize(1000);
  }

  @Test
  void anotherToolOrDefinitionIsAnotherCall() {
    assertThat(print("look", "{}")).isNotEqualTo(print("give", "{}"));
    assertThat(print("made-up", "{}")).isNotEqualTo(print("made-up2", "{}"));
    var changed =
        watched
            .bench
            .gate()
            .describe(new dev.tollgate.tool.ToolDefinition("look", "another", "{}", "test"));
    assertThat(CallFingerprint.of(watched.bench.call(task, changed, "{}")))
        .isNotEqualTo(print("look", "{}"));
  }

  @Test
  void argumentsThatWereRefusedHaveOneToo() {
    assertThat(print("look", "{")).isNotEqualTo(print("look", "{}")).isEqualTo(print("look", "{"));
  }

  /** A minute's work, were it quadratic. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "1", "-", "deadbeef", "2026-11-23T", "0-", " ", "f1c9a34-", "٣"})
  void aModelDoesNotChooseHowLongItTakes(String piece) {
    String text = piece.repeat(250_000 / piece.length() / 2);
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(note(text)).isEqualTo(note(text)));
  }
}
