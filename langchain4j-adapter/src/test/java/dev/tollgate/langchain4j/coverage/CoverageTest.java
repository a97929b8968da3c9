package dev.tollgate.langchain4j.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.langchain4j.weave.Weaving;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageRow;
import dev.tollgate.testkit.coverage.CoverageRun;
import dev.tollgate.testkit.coverage.CoverageVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole table, and writes down what happened, row by row. */
@Tag("woven")
class CoverageTest {
  @TempDir private static Path folder;
  private final CoverageRun run = Table.run();
  private final boolean woven = Weaving.active();

  @TestFactory
  Stream<DynamicTest> everyPathInEveryCase() {
    run.begin(Table.part());
    return Table.cells().stream()
        .map(
            cell ->
                DynamicTest.dynamicTest(
                    cell.route().path() + ", " + cell.mode() + ", " + cell.given(),
                    () -> check(cell)));
  }

  private void check(Table.Cell cell) throws Exception {
    Throwable thrown = null;
    CoverageRow row = cell.row(woven, 0, 0, false);
    CoverageVerdict verdict = null;
    try (Trial trial = new Trial(cell.given(), Files.createTempDirectory(folder, "trial"))) {
      try {
        cell.route().drive().run(trial, cell.streamed());
      } catch (Exception e) {
        thrown = e; // some paths can tell of a denial in no other way
      }
      int ranAtFirst = trial.ran();
      if (cell.given() == CoverageCase.APPROVAL && cell.route().resumable() != null) {
        trial.resume(cell.route().resumable().apply(trial));
      }
      verdict = trial.verdict(ranAtFirst);
      boolean ok =
          cell.route().ok(verdict, cell.given(), woven)
              && (thrown == null || cell.given() != CoverageCase.ALLOW);
      row = cell.row(woven, verdict.ran(), verdict.audit().dispatched(), ok);
    } finally {
      run.append(Table.part(), row);
    }
    assertThat(row.ok()).as("%s, thrown: %s", verdict, thrown).isTrue();
  }
}
