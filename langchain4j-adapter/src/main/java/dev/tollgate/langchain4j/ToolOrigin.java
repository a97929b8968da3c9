package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.tool.Tool;
import org.jspecify.annotations.Nullable;

/** Where a registered tool comes from, as far as its executor tells. Thread-safe. */
class ToolOrigin {
  /** The application itself, and whatever does not say more. */
  static final String LANGCHAIN4J = "langchain4j";

  private static final ToolOrigin UNKNOWN = new ToolOrigin();

  /** MCP is optional: what needs it is loaded only where it is there. */
  private static final boolean MCP = isThere("dev.langchain4j.mcp.McpToolExecutor");

  /** The origin of what an executor runs. */
  static ToolOrigin of(@Nullable ToolExecutor executor) {
    ToolExecutor asked = executor;
    while (asked instanceof WrappedExecutor wrapped) {
      asked = wrapped.wrapped();
    }
    ToolOrigin server = MCP && asked != null ? McpOrigin.of(asked) : null;
    return server == null ? UNKNOWN : server;
  }

  /** As manifests name it. */
  String source() {
    return LANGCHAIN4J;
  }

  /** The tool, with the name its server knows it by. */
  Tool named(Tool tool) {
    return tool;
  }

  /** The tool; with another digest than it must have if it is not what was offered any more. */
  Tool asOffered(Tool tool) {
    return tool;
  }

  /** Whether this is what stands for an answer that did not come in time. */
  boolean unanswered(ToolExecutionResult result, String text) {
    return false;
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, ToolOrigin.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
