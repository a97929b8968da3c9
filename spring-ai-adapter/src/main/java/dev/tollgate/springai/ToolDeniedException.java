package dev.tollgate.springai;

import dev.tollgate.Denial;
import java.io.Serial;

/**
 * A call was denied, and that was to end the agent's run ({@code tollgate.denied=abort}). It leaves
 * the chat, or is the error of its stream. Its message is what a model may read.
 */
public final class ToolDeniedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  public ToolDeniedException(Denial denial) {
    super(denial.forModel());
    this.denial = denial;
  }

  /** Reason, decision id, and the approval to ask a person for. Not serialised. */
  public Denial denial() {
    return denial;
  }
}
