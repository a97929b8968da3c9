package dev.tollgate.springai;

import dev.tollgate.tool.McpToolList;
import java.util.Arrays;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/**
 * Lists of tools in the shape of MCP's {@code tools/list}, for {@code tollgate manifest
 * init|check|lock}. Their digests are those of the gate at run time.
 */
public final class ToolLists {
  private ToolLists() {}

  /** The list of these tools, as {@code ToolCallbacks.from(…)} makes them. */
  public static String of(ToolCallback... tools) {
    return McpToolList.write(Arrays.stream(tools).map(ToolSources::definition).toList());
  }

  /** The list of what these providers provide. */
  public static String of(ToolCallbackProvider... providers) {
    return of(
        Arrays.stream(providers)
            .flatMap(provider -> Arrays.stream(provider.getToolCallbacks()))
            .toArray(ToolCallback[]::new));
  }
}
