package dev.tollgate.tool;

import java.util.Set;

/**
 * What a server's annotations make of a tool's effect. They are the server's own word: they may
 * raise what people said of the tool, and never lower it.
 */
public final class AnnotatedEffect {
  /** Says that a tool changes nothing, if true. */
  public static final String READ_ONLY = "readOnlyHint";

  /** Says that a tool may destroy something, if true. */
  public static final String DESTRUCTIVE = "destructiveHint";

  /** The annotations that MCP knows and that are yes or no; others are no part of a definition. */
  public static final Set<String> HINTS =
      Set.of(READ_ONLY, DESTRUCTIVE, "idempotentHint", "openWorldHint");

  private AnnotatedEffect() {}

  /**
   * The listed effect, or a more dangerous one.
   *
   * @param annotations as {@link ToolDefinition#annotations}; a hint that is neither true nor false
   *     counts as the more dangerous of both
   */
  public static Effect raise(Effect listed, Set<String> annotations) {
    Effect raised = listed;
    for (String one : annotations) {
      if (one.startsWith(READ_ONLY + ":") && !one.equals(READ_ONLY + ":true")) {
        raised = max(raised, Effect.WRITE);
      }
      if (one.startsWith(DESTRUCTIVE + ":") && !one.equals(DESTRUCTIVE + ":false")) {
        raised = max(raised, Effect.DELETE);
      }
    }
    return raised;
  }

  private static Effect max(Effect a, Effect b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
