package dev.tollgate.tool;

/** A list of tools that cannot be used. The message says which tool, and what is wrong with it. */
public final class ToolListException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolListException(String problem) {
    super("tool list: " + problem);
  }
}
