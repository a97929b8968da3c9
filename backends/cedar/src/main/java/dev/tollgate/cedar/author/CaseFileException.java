package dev.tollgate.cedar.author;

/** Test cases that cannot be used. The message has file, line, and what to do. */
public final class CaseFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseFileException(String origin, int line, String problem) {
    super(origin + (line > 0 ? ":" + line : "") + ": " + problem);
  }

  CaseFileException(String origin, String problem, Throwable cause) {
    super(origin + ": " + problem, cause);
  }
}
