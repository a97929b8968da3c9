package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import org.jspecify.annotations.Nullable;

/** What an aspect stopped, and goes on with if the gate says so. */
@FunctionalInterface
public interface Proceeding {

  /**
   * Goes on.
   *
   * @param decided the request that was decided on; a method has its own arguments and takes none
   */
  @Nullable Object with(ToolExecutionRequest decided) throws Exception;
}
