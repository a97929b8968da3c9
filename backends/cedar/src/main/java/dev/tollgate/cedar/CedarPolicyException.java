package dev.tollgate.cedar;

import java.util.List;

/**
 * Policies that do not load. The message has a line for each problem: file, line, what is wrong and
 * what was perhaps meant.
 */
public final class CedarPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CedarPolicyException(String problem) {
    super(problem);
  }

  CedarPolicyException(String problem, Throwable cause) {
    super(problem, cause);
  }

  CedarPolicyException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
