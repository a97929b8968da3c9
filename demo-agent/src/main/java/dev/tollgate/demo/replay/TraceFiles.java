package dev.tollgate.demo.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The trace files that a user names. */
public final class TraceFiles {
  private TraceFiles() {}

  /**
   * Files as they are named; of a folder, those that end in {@code .jsonl} or {@code .jsonl.gz}, by
   * name.
   *
   * @throws IOException if something named is not there
   */
  public static List<Path> named(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        try (var inside = Files.list(path)) {
          inside
              .filter(file -> file.toString().matches(".*\\.jsonl(\\.gz)?"))
              .sorted()
              .forEach(files::add);
        }
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new IOException("no such trace file: " + path);
      }
    }
    return files;
  }
}
