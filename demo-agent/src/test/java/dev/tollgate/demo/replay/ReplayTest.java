package dev.tollgate.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final String TRACE =
      """
      {"id":"t1","suite":"banking","user_prompt":"Pay the bill","utility":true,"steps":[\
      {"i":0,"turn":1,"tool":"read_file","args":{"file_path":"bill.txt"},"result":"98.70"},\
      {"i":1,"turn":2,"tool":"send_money","args":{"recipient":"DE1","amount":98.7},"result":"sent"},\
      {"i":2,"turn":2,"tool":"read_file","args":{"file_path":"bill.txt"},"result":"again"}]}
      """;

  @TempDir Path temp;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void permitAllRunsEverything(String framework) throws IOException {
    Replay replay = replay("permit-all");
    assertThat(replay.play(framework, List.of(plain(TRACE.repeat(3))))).as(shown()).isTrue();
    assertThat(replay.figures()).containsExactly(9L, 9L, 9L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void effectsRunWhatReads(String framework) throws IOException {
    Replay replay = replay("effects");
    assertThat(replay.play(framework, List.of(plain(TRACE)))).as(shown()).isTrue();
    assertThat(replay.figures()).containsExactly(3L, 2L, 2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain4j", "spring-ai"})
  void withNoPolicyNothingRuns(String framework) throws IOException {
    Replay replay = replay("none");
    assertThat(replay.play(framework, List.of(plain(TRACE)))).as(shown()).isTrue();
    assertThat(replay.figures()).containsExactly(3L, 0L, 0L);
  }

  @Test
  void aFileThatIsCutInTheMiddleIsSaidSoAndWhatStoodBeforeCounts() throws IOException {
    byte[] whole = gzip(TRACE.repeat(500));
    Path cut = temp.resolve("cut.jsonl.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Replay replay = replay("permit-all");

    assertThat(replay.play("langchain4j", List.of(cut))).isFalse();
    assertThat(shown()).contains("cut.jsonl.gz:").contains("traces before it were played");
    assertThat(replay.figures().get(0)).isPositive();
    assertThat(shown()).contains("bodies run = permits").contains("✔  replay.jsonl");
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Replay replay = replay("permit-all");
    assertThat(replay.play("langchain4j", List.of(plain(TRACE + "{\"a\":1}\n")))).isFalse();
    assertThat(shown()).contains(":2: has no steps");
  }

  private Replay replay(String policies) throws IOException {
    return new Replay(
        new PrintStream(screen, true, StandardCharsets.UTF_8),
        DemoFolder.fresh(temp.resolve("run")),
        policies,
        Manifests.named("traces"));
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private Path plain(String text) throws IOException {
    return Files.writeString(temp.resolve("traces.jsonl"), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
