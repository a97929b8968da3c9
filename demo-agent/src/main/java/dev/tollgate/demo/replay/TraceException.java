package dev.tollgate.demo.replay;

import java.nio.file.Path;

/** A trace file that cannot be read to its end. The message says where. */
public final class TraceException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  public TraceException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
    this.line = line;
  }

  /** How many traces stand before the place that cannot be read. */
  public int tracesBefore() {
    return line - 1;
  }
}
