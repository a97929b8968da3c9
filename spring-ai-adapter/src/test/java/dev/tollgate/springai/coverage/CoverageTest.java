package dev.tollgate.springai.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.springai.weave.Weaving;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageEvidence;
import dev.tollgate.testkit.coverage.CoverageRow;
import dev.tollgate.testkit.coverage.CoverageRun;
import dev.tollgate.testkit.coverage.CoverageVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.util.ExceptionUtils;

/** Runs the whole table, and writes down what happened, row by row. */
@Tag("woven")
class CoverageTest {
  @TempDir private static Path folder;
  private final CoverageRun run = Table.run();
  private final boolean woven = Weaving.active();

  /** How one row went; judged when all have, since only then the audit is whole. */
  private record Played(Table.Cell cell, Trial trial, int ranAtFirst, @Nullable Throwable thrown) {}

  @TestFactory
  Stream<DynamicTest> everyPathInEveryCase() {
    run.begin(Table.part());
    Stage stage = new Stage(folder);
    List<Played> played;
    try (stage) {
      played = Table.cells().stream().map(cell -> play(stage, cell)).toList();
    }
    return played.stream()
        .map(one -> DynamicTest.dynamicTest(one.cell().name(), () -> check(stage, one)));
  }

  private static Played play(Stage stage, Table.Cell cell) {
    Trial trial = stage.begin(cell.given());
    Throwable thrown = null;
    int ranAtFirst = 0;
    try {
      try {
        cell.route().drive().run(trial, cell.streamed());
      } catch (Exception e) {
        thrown = e; // some paths can tell of a denial in no other way
      }
      ranAtFirst = trial.counted().ran();
      if (cell.given() == CoverageCase.APPROVAL && cell.route().resumable() != null) {
        trial.resume(cell.route().resumable().apply(trial));
      }
      trial.counted().end();
    } catch (RuntimeException e) {
      if (thrown != null) {
        e.addSuppressed(thrown); // why it came to that
      }
      thrown = e;
    }
    return new Played(cell, trial, ranAtFirst, thrown);
  }

  private void check(Stage stage, Played played) throws IOException {
    Table.Cell cell = played.cell();
    CoverageRow row = cell.row(woven, 0, 0, false);
    CoverageVerdict verdict = null;
    try {
      if (played.trial().counted().ended()) {
        CoverageEvidence audit = stage.evidence(played.trial());
        verdict = played.trial().counted().verdict(played.ranAtFirst(), audit);
        boolean ok =
            cell.route().ok(verdict, cell.given(), woven)
                && (played.thrown() == null || cell.given() != CoverageCase.ALLOW);
        row = cell.row(woven, verdict.ran(), audit.dispatched(), ok);
      }
    } finally {
      run.append(Table.part(), row);
    }
    assertThat(row.ok()).as("%s, thrown: %s", verdict, trace(played.thrown())).isTrue();
  }

  private static String trace(@Nullable Throwable thrown) {
    return thrown == null ? "nothing" : ExceptionUtils.readStackTrace(thrown);
  }
}
