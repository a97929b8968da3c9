package dev.tollgate;

/** What runs when a call passes: the framework's own executor. */
@FunctionalInterface
public interface ToolBody {

  /**
   * Runs the tool, once.
   *
   * @param arguments the canonical arguments that were decided on; nothing else may be executed
   */
  ToolResult run(String arguments) throws Exception;
}
