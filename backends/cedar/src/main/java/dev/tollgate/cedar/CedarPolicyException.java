package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.List;

/**
 * Policies that do not load. The message has a line for each problem: file, line, what is wrong and
 * what was perhaps meant.
 */
public final class CedarPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  CedarPolicyException(String problem) {
    this(List.of(problem));
  }

  CedarPolicyException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = new ArrayList<>(List.of(problem));
  }

  CedarPolicyException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = new ArrayList<>(problems);
  }

  /** Each problem by itself, as the message has them one below the other. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
