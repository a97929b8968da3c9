package dev.tollgate.springai.mcpserver;

import io.modelcontextprotocol.server.McpServer;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.util.ReflectionUtils;

/** Guards the tools that an application's customizer adds to a server that is being built. */
final class CustomizedTools {
  private CustomizedTools() {}

  /**
   * The SDK's builders keep them in a field without a getter. Where that is gone, the tools are
   * found in the finished server and reported as not covered.
   */
  @SuppressWarnings("unchecked") // a list of specifications of one kind, each becomes the same kind
  private static void guard(Object builder, GuardedMcp guarded) {
    Field field = ReflectionUtils.findField(builder.getClass(), "tools");
    if (field != null
        && field.trySetAccessible()
        && ReflectionUtils.getField(field, builder) instanceof List<?> tools) {
      ((List<Object>) tools).replaceAll(guarded::guardAny);
    }
  }

  /** For synchronous servers. */
  record Sync(McpSyncServerCustomizer customizer, Supplier<GuardedMcp> guarded)
      implements McpSyncServerCustomizer {
    @Override
    public void customize(McpServer.SyncSpecification<?> builder) {
      customizer.customize(builder);
      guard(builder, guarded.get());
    }
  }

  /** For asynchronous servers. */
  record Async(McpAsyncServerCustomizer customizer, Supplier<GuardedMcp> guarded)
      implements McpAsyncServerCustomizer {
    @Override
    public void customize(McpServer.AsyncSpecification<?> builder) {
      customizer.customize(builder);
      guard(builder, guarded.get());
    }
  }
}
