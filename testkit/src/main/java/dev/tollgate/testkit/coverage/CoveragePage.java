package dev.tollgate.testkit.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page with parts that a run has made, each between two comments. A test compares them; with the
 * system property {@code coverage.page=write} it writes them instead.
 */
public final class CoveragePage {
  private final Path page;

  public CoveragePage(Path page) {
    this.page = page;
  }

  /**
   * The lines of a part as they stand on the page.
   *
   * @param part its name in the comments {@code <!-- made: part -->} and {@code <!-- end: part -->}
   * @throws IllegalStateException if the page has no such part
   */
  public List<String> part(String part) throws IOException {
    List<String> lines = Files.readAllLines(page);
    return List.copyOf(lines.subList(from(lines, part), to(lines, part)));
  }

  /**
   * Like {@link #part(String)}, after what the run has made was written, if that is wanted.
   *
   * @param made what the run has made
   */
  public List<String> part(String part, List<String> made) throws IOException {
    if ("write".equals(System.getProperty("coverage.page"))) {
      List<String> lines = Files.readAllLines(page);
      List<String> written = new ArrayList<>(lines.subList(0, from(lines, part)));
      written.addAll(made);
      written.addAll(lines.subList(to(lines, part), lines.size()));
      Files.writeString(page, String.join("\n", written) + "\n");
    }
    return part(part);
  }

  private int from(List<String> lines, String part) {
    return at(lines, "<!-- made: " + part + " -->") + 1;
  }

  private int to(List<String> lines, String part) {
    return at(lines, "<!-- end: " + part + " -->");
  }

  private int at(List<String> lines, String comment) {
    int at = lines.indexOf(comment);
    if (at < 0) {
      throw new IllegalStateException(page + " has no line " + comment);
    }
    return at;
  }
}
