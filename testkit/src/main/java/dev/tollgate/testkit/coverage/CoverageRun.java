package dev.tollgate.testkit.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of one run, which may be several processes: each writes a part, and the last one puts
 * the file together. Parts of another run are left out. Thread-safe.
 */
public final class CoverageRun {
  private static final String PART = ".rows";
  private final Path folder;
  private final String id;

  /**
   * @param folder the module's build folder
   * @param id the same for all processes of a run and for no other run
   */
  public CoverageRun(Path folder, String id) {
    this.folder = folder;
    this.id = id;
  }

  /** Where the rows of the whole run stand when it has ended. */
  public Path file() {
    return folder.resolve("coverage.json");
  }

  /** Begins a part anew. What an earlier run left is gone from here on. */
  public synchronized void begin(String part) {
    try {
      Files.createDirectories(parts());
      Files.deleteIfExists(file());
      Files.writeString(part(part), id + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a row to a part, at once: a process that dies later has not hidden it. */
  public synchronized void append(String part, CoverageRow row) {
    try {
      Files.writeString(part(part), row.json() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of this run's parts, and the file made of them. */
  public synchronized List<CoverageRow> end() {
    List<CoverageRow> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(parts())) {
      for (Path part : parts.filter(file -> file.toString().endsWith(PART)).sorted().toList()) {
        List<String> lines = Files.readAllLines(part);
        if (!lines.isEmpty() && lines.get(0).equals(id)) {
          lines.stream().skip(1).map(CoverageRow::parse).forEach(rows::add);
        }
      }
      List<String> texts = rows.stream().map(CoverageRow::json).toList();
      Files.writeString(file(), "[\n" + String.join(",\n", texts) + "\n]\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private Path parts() {
    return folder.resolve("coverage");
  }

  private Path part(String name) {
    return parts().resolve(name + PART);
  }
}
