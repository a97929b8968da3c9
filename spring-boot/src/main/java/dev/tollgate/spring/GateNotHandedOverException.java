package dev.tollgate.spring;

/** LangChain4j did not take this context's gate, so its tool calls would not pass it. */
final class GateNotHandedOverException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  GateNotHandedOverException(IllegalStateException why) {
    super("LangChain4j did not take this application's gate: " + why.getMessage(), why);
  }
}
