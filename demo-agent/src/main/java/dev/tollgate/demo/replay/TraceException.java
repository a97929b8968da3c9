package dev.tollgate.demo.replay;

import java.nio.file.Path;

/**
 * A trace file that cannot be read to its end. The message says where, and what was read before.
 */
final class TraceException extends Exception {
  private static final long serialVersionUID = 1L;

  TraceException(Path file, int line, String problem) {
    super(
        file
            + ":"
            + line
            + ": "
            + problem
            + " (the "
            + (line - 1)
            + " traces before it were played)");
  }
}
