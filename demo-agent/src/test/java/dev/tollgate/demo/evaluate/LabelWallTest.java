package dev.tollgate.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.demo.replay.TracePlayer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plays traces does not know that labels exist: its class files name no class of theirs. */
class LabelWallTest {
  private static final List<String> LABELS =
      List.of("TraceLabels", "AttackLabel", "EvalRole", "Corpus", "ScoredTrace");

  @ParameterizedTest
  @ValueSource(
      classes = {
        EvaluatedGate.class,
        Approvers.class,
        Played.class,
        PlayedTrace.class,
        PlayedStep.class,
        StepLog.class,
        StepStory.class
      })
  void whatPlaysKnowsNoLabels(Class<?> type) throws IOException {
    try (InputStream bytes =
        Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
      assertThat(names(bytes.readAllBytes())).doesNotContain(LABELS).contains("dev/tollgate");
    }
  }

  @Test
  void thePlayerKnowsNothingOfTheEvaluation() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Objects.requireNonNull(TracePlayer.class.getResource("TracePlayer.class")).toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.list(classes)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(all).hasSizeGreaterThan(5);
      for (Path file : all) {
        assertThat(names(Files.readAllBytes(file)))
            .as(file.toString())
            .doesNotContain("dev/tollgate/demo/evaluate");
      }
    }
  }

  @Test
  void theTestWouldSeeALabel() throws IOException {
    try (InputStream bytes =
        Objects.requireNonNull(RunScore.class.getResourceAsStream("RunScore.class"))) {
      assertThat(names(bytes.readAllBytes())).contains("TraceLabels");
    }
  }

  private static String names(byte[] classFile) {
    return new String(classFile, StandardCharsets.ISO_8859_1);
  }
}
