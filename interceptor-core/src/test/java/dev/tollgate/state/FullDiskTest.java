package dev.tollgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.fixture.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be written did not happen; and the file does not grow without need. */
class FullDiskTest {
  private static final Duration LIFE = Duration.ofMinutes(10);
  @TempDir Path folder;
  private final Clock clock = new Clock();
  private final FillingDisk disk = new FillingDisk();
  private Path file = Path.of("unset");

  @BeforeEach
  void setUp() {
    file = folder.resolve("state");
  }

  private FileStateStore open() {
    return FileStateStore.open(file, clock, disk);
  }

  private static StateKey key(String id) {
    return new StateKey("acme", "test", id);
  }

  private static void refused(ThrowingCallable operation) {
    assertThatThrownBy(operation).isInstanceOf(StateException.class);
  }

  private static void changeAll(FileStateStore store) {
    refused(() -> store.putIfAbsent(key("new"), "v", LIFE));
    refused(() -> store.replace(key("a"), "v", "w"));
    refused(() -> store.remove(key("a"), "v"));
    refused(() -> store.add(key("count"), 1, 9, LIFE));
    refused(() -> store.add(key("other"), 1, 9, LIFE));
  }

  @Test
  void whatCouldNotBeWrittenDidNotHappen() {
    Map<String, String> before = Map.of("a", "v", "count", "3");
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", LIFE);
      store.add(key("count"), 3, 9, LIFE);
      disk.full = true;
      changeAll(store);
      assertThat(store.list("acme", "test")).isEqualTo(before);
      assertThat(store.add(key("count"), 0, 9, LIFE)).hasValue(3); // reads, and writes nothing
      disk.full = false;
      assertThat(store.putIfAbsent(key("new"), "v", LIFE)).isTrue();
      assertThat(store.add(key("count"), 1, 9, LIFE)).hasValue(4);
    }
    try (FileStateStore store = open()) {
      assertThat(store.list("acme", "test")).isEqualTo(Map.of("a", "v", "count", "4", "new", "v"));
    }
  }

  @Test
  void aFileThatCannotBeTakenBackRefusesEverythingUntilARestart() {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", LIFE);
      disk.full = true;
      disk.stuck = true;
      refused(() -> store.putIfAbsent(key("b"), "v", LIFE));
      disk.full = false;
      disk.stuck = false;
      changeAll(store);
      refused(() -> store.get(key("a")));
      refused(() -> store.list("acme", "test"));
    }
    try (FileStateStore store = open()) {
      assertThat(store.list("acme", "test")).containsExactly(Map.entry("a", "v"));
    }
  }

  @Test
  void anOpeningThatCannotWriteLeavesTheFileAsItWas() throws Exception {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", LIFE);
    }
    byte[] before = Files.readAllBytes(file);
    disk.full = true;
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder.resolve("state.new")).doesNotExist();
    disk.full = false;
    try (FileStateStore store = open()) {
      assertThat(store.get(key("a"))).contains("v");
    }
  }

  private void history(FileStateStore store, int changes) {
    for (int i = 0; i < changes; i++) {
      assertThat(store.add(key("count"), 1, Long.MAX_VALUE, LIFE)).isPresent();
    }
  }

  @Test
  void historyIsDroppedAndEverythingKept() throws IOException {
    String value = "x".repeat(1000);
    try (FileStateStore store = open()) {
      for (int i = 0; i < 100; i++) {
        store.putIfAbsent(new StateKey("t" + i % 7, "r" + i % 3, "id" + i), value + i, LIFE);
      }
      store.putIfAbsent(key("ended"), "v", Duration.ofSeconds(1));
      clock.pass(Duration.ofSeconds(2));
      history(store, 20_000);
      assertThat(Files.size(file)).isBetween(100_000L, 600_000L); // 20,000 lines are 1.2 MB
      history(store, 100);
    }
    try (FileStateStore store = open()) {
      for (int i = 0; i < 100; i++) {
        assertThat(store.get(new StateKey("t" + i % 7, "r" + i % 3, "id" + i))).contains(value + i);
      }
      assertThat(store.list("acme", "test")).containsExactly(Map.entry("count", "20100"));
      clock.pass(LIFE);
      assertThat(store.list("t0", "r0")).isEmpty();
    }
  }

  @Test
  void aCompactionThatFailsIsNoHarm() throws IOException {
    try (FileStateStore store = open()) {
      Path inTheWay = Files.createDirectories(folder.resolve("state.new").resolve("x"));
      history(store, 5_000);
      assertThat(Files.size(file)).isGreaterThan(200_000);
      Files.delete(inTheWay);
      Files.delete(folder.resolve("state.new"));
      history(store, 10_000);
      assertThat(Files.size(file)).isLessThan(200_000);
      assertThat(store.get(key("count"))).contains("15000");
    }
    try (FileStateStore store = open()) {
      assertThat(store.get(key("count"))).contains("15000");
    }
  }

  @Test
  void aHalfWrittenNewFileIsNoHarm() throws IOException {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", LIFE);
    }
    Files.writeString(folder.resolve("state.new"), "half");
    try (FileStateStore store = open()) {
      assertThat(store.get(key("a"))).contains("v");
    }
  }

  @Test
  void anInterruptedThreadWritesAndCompacts() {
    Thread.currentThread().interrupt();
    try (FileStateStore store = open()) {
      history(store, 2_000); // compacts
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.add(key("count"), 1, 9_999, LIFE)).hasValue(2_001);
    } finally {
      Thread.interrupted();
    }
    try (FileStateStore store = open()) {
      assertThat(store.get(key("count"))).contains("2001");
    }
  }
}
