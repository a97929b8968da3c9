package dev.tollgate.langchain4j.weave;

import dev.langchain4j.service.tool.ToolExecutor;

/** What is put around an executor, and says around which. */
public interface Wrapping {
  ToolExecutor wrapped();
}
