package dev.tollgate.langchain4j;

import dev.tollgate.Denial;
import java.io.Serial;

/**
 * A call was denied where no result can say so: the run was to end ({@code tollgate.denied=abort}),
 * or the tool's method returns what no denial can be made of. Its message is what a model may read.
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
