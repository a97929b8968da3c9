package dev.tollgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.fixture.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next process finds, and what it refuses to take for true. */
class FileStateStoreTest {
  private static final Duration LIFE = Duration.ofMinutes(10);
  @TempDir Path folder;
  private final Clock clock = new Clock();
  private Path file = Path.of("unset");

  @BeforeEach
  void setUp() {
    file = folder.resolve("deeper").resolve("state");
  }

  private FileStateStore open() {
    return FileStateStore.open(file, clock);
  }

  private static StateKey key(String id) {
    return new StateKey("acme", "test", id);
  }

  private void write(String... ids) {
    try (FileStateStore store = open()) {
      for (String id : ids) {
        assertThat(store.putIfAbsent(key(id), "v-" + id, LIFE)).isTrue();
      }
    }
  }

  private Map<String, String> found() {
    try (FileStateStore store = open()) {
      return store.list("acme", "test");
    }
  }

  private void edit(UnaryOperator<List<String>> edit) throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Files.writeString(file, String.join("\n", edit.apply(lines)) + "\n");
  }

  @Test
  void theNextProcessFindsValuesAndCounters() {
    StateKey odd = new StateKey("a\tb", "\n\\", "\ud800 \u202e\u4e16\udc00");
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("kept"), "v", LIFE);
      store.putIfAbsent(key("changed"), "v", LIFE);
      store.replace(key("changed"), "v", "w");
      store.putIfAbsent(key("gone"), "v", LIFE);
      store.remove(key("gone"), "v");
      store.add(key("count"), 5, 10, LIFE);
      store.add(key("count"), 3, 10, LIFE);
      store.putIfAbsent(odd, "\\u000a\n\u0000\ud800", LIFE);
    }
    for (int i = 0; i < 2; i++) {
      try (FileStateStore store = open()) {
        assertThat(store.list("acme", "test"))
            .containsExactly(
                Map.entry("changed", "w"), Map.entry("count", "8"), Map.entry("kept", "v"));
        assertThat(store.add(key("count"), 3, 10, LIFE)).isEmpty();
        assertThat(store.get(odd)).contains("\\u000a\n\u0000\ud800");
        assertThat(store.putIfAbsent(key("kept"), "x", LIFE)).isFalse();
      }
    }
  }

  @Test
  void whatIsWrittenIsThereWithoutClosing() throws Exception {
    try (FileStateStore crashed = open()) {
      assertThat(crashed.putIfAbsent(key("a"), "v", LIFE)).isTrue();
      assertThat(crashed.remove(key("a"), "v")).isTrue();
      assertThat(crashed.add(key("b"), 1, 1, LIFE)).hasValue(1);
      Path copy = Files.copy(file, folder.resolve("copy"));
      try (FileStateStore next = FileStateStore.open(copy, clock)) {
        assertThat(next.list("acme", "test")).containsExactly(Map.entry("b", "1"));
      }
    }
  }

  @Test
  void anEntryEndsWhenItWouldHaveEnded() {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", Duration.ofSeconds(60));
      clock.pass(Duration.ofSeconds(20));
      store.replace(key("a"), "v", "w");
      store.add(key("count"), 1, 9, Duration.ofSeconds(30));
    }
    clock.pass(Duration.ofSeconds(20));
    try (FileStateStore store = open()) {
      assertThat(store.list("acme", "test")).hasSize(2);
      clock.pass(Duration.ofSeconds(11));
      assertThat(store.list("acme", "test")).containsExactly(Map.entry("a", "w"));
      clock.pass(Duration.ofSeconds(8));
      assertThat(store.get(key("a"))).contains("w");
      clock.pass(Duration.ofSeconds(1));
      assertThat(store.get(key("a"))).isEmpty();
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void aWallClockThatIsSetBackProlongsNothing() {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "v", Duration.ofSeconds(60));
      clock.pass(Duration.ofSeconds(20));
      store.replace(key("a"), "v", "w"); // 40 s left
    }
    clock.wall = clock.wall.minus(Duration.ofDays(365));
    try (FileStateStore store = open()) {
      clock.pass(Duration.ofSeconds(39));
      assertThat(store.get(key("a"))).contains("w");
      clock.pass(Duration.ofSeconds(1));
      assertThat(store.get(key("a"))).isEmpty();
    }
  }

  @Test
  void anEndThatPassedHidesTheValueBefore() {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("a"), "old", LIFE);
      store.remove(key("a"), "old");
      store.putIfAbsent(key("a"), "new", Duration.ofSeconds(5));
    }
    clock.pass(Duration.ofSeconds(5));
    assertThat(found()).isEmpty();
  }

  @Test
  void aLifeMayBeEndlessOrNone() {
    try (FileStateStore store = open()) {
      store.putIfAbsent(key("endless"), "v", Duration.ofSeconds(Long.MAX_VALUE));
      store.putIfAbsent(key("none"), "v", Duration.ZERO);
      store.putIfAbsent(key("less"), "v", Duration.ofSeconds(Long.MIN_VALUE));
      clock.pass(Duration.ofDays(3650));
      assertThat(store.list("acme", "test")).containsOnlyKeys("endless");
    }
    clock.pass(Duration.ofDays(3650));
    assertThat(found()).containsOnlyKeys("endless");
  }

  /** Others' entries that ended are swept while it counts. */
  @Test
  void whatEndedGoesWhenTheFileIsWrittenAnew() throws Exception {
    try (FileStateStore store = open()) {
      for (int i = 0; i < 3_000; i++) {
        store.putIfAbsent(new StateKey("t" + i, "r", "ended"), "v", Duration.ofSeconds(i % 2 + 1));
        clock.pass(Duration.ofMillis(1));
      }
      store.add(key("count"), 1, 9, LIFE);
      clock.pass(Duration.ofSeconds(2));
    }
    assertThat(found()).containsExactly(Map.entry("count", "1"));
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void anUnfinishedLastLineIsCutOffWhereverItBroke() throws Exception {
    write("a", "b");
    int whole = Files.readAllBytes(file).length;
    write("c");
    byte[] all = Files.readAllBytes(file);
    PrintStream before = System.err;
    for (int length = whole + 1; length < all.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(all, length));
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      try {
        assertThat(found()).as("cut at %d", length).containsOnlyKeys("a", "b");
      } finally {
        System.setErr(before);
      }
      assertThat(log.toString(StandardCharsets.UTF_8))
          .contains("WARN", file.toString(), (length - whole) + " bytes");
    }
    write("c");
    assertThat(found()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void zeroesBehindTheEndAreCutOff() throws Exception {
    write("a");
    Files.write(file, new byte[4096], StandardOpenOption.APPEND);
    assertThat(found()).containsOnlyKeys("a");
  }

  @Test
  void aDamagedLineIsNamedAndNothingIsOpenedOrChanged() throws Exception {
    write("a", "b", "c");
    List<UnaryOperator<List<String>>> damages =
        List.of(
            lines -> set(lines, 2, lines.get(2).replace("v-b", "v-x")),
            lines -> set(lines, 2, ""),
            lines -> set(lines, 2, lines.get(1)),
            lines -> set(lines, 2, "x" + lines.get(2)),
            lines -> without(lines, 2));
    List<String> intact = Files.readAllLines(file);
    for (UnaryOperator<List<String>> damage : damages) {
      Files.write(file, intact);
      edit(damage);
      byte[] damaged = Files.readAllBytes(file);
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(file + ", line 3 ")
          .hasMessageContaining("backup")
          .hasMessageNotContaining("v-");
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
    Files.write(file, intact);
    assertThat(found()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aLastLineThatIsWholeButChangedIsDamage() throws Exception {
    write("a", "b");
    edit(lines -> set(lines, 2, lines.get(2).replace("v-b", "v-x")));
    assertThatThrownBy(this::open).hasMessageContaining("line 3 ");
  }

  @Test
  void everyChangedByteIsNoticed() throws Exception {
    write("a", "b");
    byte[] all = Files.readAllBytes(file);
    for (int i = 0; i < all.length - 1; i++) {
      byte[] changed = all.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(this::open).as("byte %d", i).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatIsNoStoreIsRefused() throws Exception {
    write("a");
    for (String other : List.of("", "\n", "{\"keys\":[]}", "{}\n{}\n", "tollgate-state 1\n")) {
      Files.writeString(file, other);
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("line 1 ");
      assertThat(file).hasContent(other);
    }
  }

  @Test
  void aSecondStoreOnTheFileIsRefusedByWhateverName() throws Exception {
    Path other = Files.createSymbolicLink(folder.resolve("link"), file);
    try (FileStateStore first = open()) {
      for (Path name : List.of(file, other, file.resolveSibling("../deeper/state"))) {
        assertThatThrownBy(() -> FileStateStore.open(name, clock))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("this process writes to");
      }
      assertThat(first.putIfAbsent(key("a"), "v", LIFE)).isTrue();
    }
    try (FileStateStore second = FileStateStore.open(other, clock)) {
      assertThat(second.get(key("a"))).contains("v");
    }
    assertThat(found()).containsOnlyKeys("a");
  }

  @Test
  void aRefusedFileIsNotHeld() throws Exception {
    write("a");
    byte[] good = Files.readAllBytes(file);
    Files.writeString(file, "x\n");
    assertThatThrownBy(this::open).hasMessageContaining("line 1 ");
    Files.write(file, good);
    assertThat(found()).containsOnlyKeys("a");
  }

  @Test
  void aPathThatCannotBeIsRefused() throws Exception {
    Path plain = Files.writeString(folder.resolve("file"), "x");
    for (Path bad : List.of(plain.resolve("state"), folder)) {
      assertThatThrownBy(() -> FileStateStore.open(bad, clock))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(bad.toString());
    }
  }

  @Test
  void aClosedStoreAnswersNothing() {
    FileStateStore closed = open();
    closed.close();
    try (FileStateStore next = open()) {
      closed.close();
      assertThatThrownBy(() -> closed.get(key("a"))).isInstanceOf(StateException.class);
      assertThatThrownBy(() -> closed.list("acme", "test")).isInstanceOf(StateException.class);
      assertThatThrownBy(() -> closed.add(key("a"), 0, 1, LIFE)).isInstanceOf(StateException.class);
      assertThat(next.add(key("a"), 1, 1, LIFE)).hasValue(1);
      assertThatThrownBy(this::open).hasMessageContaining("this process writes to");
    }
  }

  @Test
  void onlyItsOwnerMayReadItAndItIsPlainAscii() throws Exception {
    write("x\u202e\u001b");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[\\t\\n -~]+").contains("\\202e");
  }

  private static List<String> set(List<String> lines, int at, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(at, line);
    return changed;
  }

  private static List<String> without(List<String> lines, int at) {
    List<String> changed = new ArrayList<>(lines);
    changed.remove(at);
    return changed;
  }
}
