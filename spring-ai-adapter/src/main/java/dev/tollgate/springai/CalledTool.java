package dev.tollgate.springai;

import dev.tollgate.ToolResult;
import dev.tollgate.springai.mcp.McpOrigin;
import dev.tollgate.springai.weave.ActiveCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/** Runs a tool that the gate has let through, whichever layer asked the gate. */
final class CalledTool {
  private CalledTool() {}

  static ToolResult run(ToolCallback callback, String arguments, @Nullable ToolContext context) {
    try (ActiveCall active = ActiveCall.of(callback)) {
      @Nullable McpOrigin server = ToolSources.server(callback);
      if (server != null) {
        return server.call(callback, arguments, context);
      }
      @Nullable String text = callback.call(arguments, context);
      return ToolResult.returned(text == null ? "" : text);
    }
  }
}
