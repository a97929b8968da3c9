package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.McpClient;
import java.util.Objects;

/** How a call comes to an MCP client. Loaded only where there is one. */
final class McpSteps {
  private McpSteps() {}

  /**
   * @param known whether the gate knew when it decided that this executor runs
   */
  static boolean leads(
      Object runs,
      ToolExecutionRequest decided,
      Object next,
      ToolExecutionRequest request,
      boolean known) {
    if (!(next instanceof McpClient client)
        || !Objects.equals(decided.arguments(), request.arguments())) {
      return false;
    }
    boolean sameName = Objects.equals(decided.name(), request.name());
    if (runs instanceof McpClient same) {
      // A client around a client: of one server, or it is another server's tool.
      return sameName && (same == client || Objects.equals(same.key(), client.key()));
    }
    // The framework's executor puts the server's own name in place of the one that models see.
    return runs instanceof McpToolExecutor && (known || sameName);
  }
}
