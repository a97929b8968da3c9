package dev.tollgate.langchain4j.coverage;

import dev.tollgate.langchain4j.weave.Weaving;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageRow;
import dev.tollgate.testkit.coverage.CoverageRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Which rows a run has to have, and where they go. */
final class Table {
  /** One row to be. */
  record Cell(Route route, boolean streamed, CoverageCase given) {
    String mode() {
      return streamed ? "stream" : "call";
    }

    CoverageRow row(boolean woven, int bodyRuns, int audited, boolean ok) {
      return new CoverageRow(
          "langchain4j",
          LINE,
          String.valueOf(Runtime.version().feature()),
          route.path(),
          mode(),
          route.kind().layer(),
          woven,
          given.toString(),
          bodyRuns,
          audited,
          ok);
    }
  }

  static final String PLAIN = "plain";
  static final String WOVEN = "woven";
  static final String LINE = line();

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

  /** What is on the class path, not what somebody says is there. */
  private static String line() {
    String file = "/META-INF/maven/dev.langchain4j/langchain4j/pom.properties";
    try (InputStream in = dev.langchain4j.service.AiServices.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      properties.load(java.util.Objects.requireNonNull(in, file));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
