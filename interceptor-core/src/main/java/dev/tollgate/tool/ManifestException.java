package dev.tollgate.tool;

/** A manifest that cannot be used. The message has file, line, and what to do. */
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ManifestException(String origin, int line, String problem) {
    super("manifest " + origin + (line > 0 ? ":" + line : "") + ": " + problem);
  }
}
