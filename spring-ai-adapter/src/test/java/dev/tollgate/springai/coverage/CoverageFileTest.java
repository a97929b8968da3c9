package dev.tollgate.springai.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.testkit.coverage.CoveragePage;
import dev.tollgate.testkit.coverage.CoverageRow;
import dev.tollgate.testkit.coverage.CoverageTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The file that the run has left is whole, and the page is made from it. Runs in a process of its
 * own after those that run the table.
 */
@Tag("coverage")
class CoverageFileTest {
  private static final List<CoverageRow> ROWS = Table.run().end();
  private static final CoveragePage PAGE =
      new CoveragePage(Path.of(System.getProperty("coverage.file", "../docs/coverage.md")));

  @Test
  void everyRowOfTheTableRanOnceAndNoOther() {
    Set<String> parts = Set.of(System.getProperty("coverage.parts", "plain,woven").split(","));
    List<String> expected =
        parts.stream()
            .flatMap(
                part ->
                    Table.cells().stream()
                        .map(cell -> cell.row(part.equals(Table.WOVEN), 0, 0, true).key()))
            .toList();
    assertThat(ROWS).extracting(CoverageRow::key).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noRowIsOtherThanItShouldBe() {
    assertThat(ROWS).isNotEmpty().allMatch(CoverageRow::ok);
  }

  @Test
  void thePageIsWhatTheRunFound() throws Exception {
    String line = System.getProperty("coverage.line");
    if (line == null) {
      List<String> made = CoverageTable.of(ROWS);
      assertThat(PAGE.part("spring-ai", made)).containsExactlyElementsOf(made);
    } else {
      assertThat(ROWS).extracting(CoverageRow::line).containsOnly(line);
      List<String> made = CoverageTable.beside(PAGE.part("spring-ai"), ROWS);
      assertThat(PAGE.part("spring-ai " + line, made)).containsExactlyElementsOf(made);
    }
  }
}
