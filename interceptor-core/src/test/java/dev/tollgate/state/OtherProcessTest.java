package dev.tollgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.GateClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, and one that is killed. */
class OtherProcessTest {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final StateKey COUNT = new StateKey("acme", "test", "count");
  @TempDir Path folder;

  /** Counts in a store and says so, until it is killed. */
  static final class Counting {
    private Counting() {}

    public static void main(String[] args) {
      try (FileStateStore store = FileStateStore.open(Path.of(args[0]), GateClock.system())) {
        while (true) {
          System.out.println(store.add(COUNT, 1, Long.MAX_VALUE, LIFE).orElse(-1));
        }
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Counting.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void whatAKilledProcessWasToldIsThere() throws Exception {
    Path file = folder.resolve("state");
    Process counting = start(file);
    long told = 0;
    try (BufferedReader out = counting.inputReader()) {
      while (told < 5_000) { // it compacts on the way
        told = Long.parseLong(String.valueOf(out.readLine()));
      }
      assertThatThrownBy(() -> FileStateStore.open(file, GateClock.system()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another process writes to " + file);
    } finally {
      counting.destroyForcibly();
    }
    assertThat(counting.waitFor(10, TimeUnit.SECONDS)).isTrue();
    try (FileStateStore store = FileStateStore.open(file, GateClock.system())) {
      assertThat(store.add(COUNT, 0, Long.MAX_VALUE, LIFE).orElse(-1)).isGreaterThanOrEqualTo(told);
    }
  }

  /** Closing any handle to a locked file would give the lock away. */
  @Test
  void aRefusedSecondStoreDoesNotGiveTheFileAway() throws Exception {
    Path file = folder.resolve("state");
    try (FileStateStore store = FileStateStore.open(file, GateClock.system())) {
      assertThatThrownBy(() -> FileStateStore.open(file, GateClock.system()))
          .isInstanceOf(IllegalStateException.class);
      Process counting = start(file);
      try (BufferedReader out = counting.inputReader()) {
        assertThat(out.readLine()).contains("another process writes to");
      } finally {
        counting.destroyForcibly();
      }
      assertThat(store.get(COUNT)).isEmpty();
    }
  }
}
