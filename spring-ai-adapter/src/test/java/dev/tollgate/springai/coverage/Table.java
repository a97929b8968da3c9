package dev.tollgate.springai.coverage;

import dev.tollgate.springai.weave.Weaving;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageRow;
import dev.tollgate.testkit.coverage.CoverageRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which rows a run has to have, and where they go. */
final class Table {
  /** One row to be. */
  record Cell(Route route, boolean streamed, CoverageCase given) {
    String mode() {
      return streamed ? "stream" : "call";
    }

    CoverageRow row(boolean woven, int bodyRuns, int audited, boolean ok) {
      return new CoverageRow(
          "spring-ai",
          LINE,
          String.valueOf(Runtime.version().feature()),
          route.path(),
          mode(),
          route.layer().toString(),
          woven,
          given.toString(),
          bodyRuns,
          audited,
          ok);
    }

    String name() {
      return route.path() + ", " + mode() + ", " + given;
    }
  }

  static final String PLAIN = "plain";
  static final String WOVEN = "woven";
  static final String LINE = Line.version();

  private Table() {}

  static CoverageRun run() {
    String folder = System.getProperty("coverage.folder", "target");
    // Without a build tool each process is a run of its own.
    String own = String.valueOf(ProcessHandle.current().pid());
    return new CoverageRun(Path.of(folder), System.getProperty("coverage.run", own));
  }

  static String part() {
    return Weaving.active() ? WOVEN : PLAIN;
  }

  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Route route : Routes.present()) {
      for (boolean streamed : route.streams() ? new boolean[] {false, true} : new boolean[1]) {
        for (CoverageCase given : CoverageCase.values()) {
          cells.add(new Cell(route, streamed, given));
        }
      }
    }
    return cells;
  }
}
