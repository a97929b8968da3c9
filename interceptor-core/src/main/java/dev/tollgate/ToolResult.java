package dev.tollgate;

import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface ToolResult {

  /**
   * The tool returned.
   *
   * @param text what the model gets to read
   * @param error whether the tool says it failed
   * @param carrier the framework's own result object, handed back untouched
   * @param unanswered whether whoever runs it did not answer in time: what it did is not known
   */
  record Returned(String text, boolean error, @Nullable Object carrier, boolean unanswered)
      implements ToolResult {
    /** What a tool answered. */
    public Returned(String text, boolean error, @Nullable Object carrier) {
      this(text, error, carrier, false);
    }

    @Override
    public String toString() {
      return "Returned[" + text.length() + " characters]";
    }
  }

  /**
   * The tool threw.
   *
   * @param cause what it threw; the adapter throws it again as the framework expects
   */
  record Failed(Exception cause) implements ToolResult {
    @Override
    public String toString() {
      return "Failed[" + cause.getClass().getName() + "]";
    }
  }

  /** The gate did not run the tool. */
  record Denied(Denial denial) implements ToolResult {}

  static ToolResult returned(String text) {
    return new Returned(text, false, null);
  }
}
