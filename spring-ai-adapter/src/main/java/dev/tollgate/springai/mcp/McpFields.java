package dev.tollgate.springai.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.ReflectionUtils;

/** What Spring AI and the SDK keep without a getter. What cannot be read is not known. */
final class McpFields {
  private static final @Nullable Field SYNC_CLIENT = field(SyncMcpToolCallback.class, "mcpClient");
  private static final @Nullable Field SYNC_TOOL = field(SyncMcpToolCallback.class, "tool");
  private static final @Nullable Field ASYNC_CLIENT =
      field(AsyncMcpToolCallback.class, "mcpClient");
  private static final @Nullable Field ASYNC_TOOL = field(AsyncMcpToolCallback.class, "tool");

  private McpFields() {}

  static boolean isMcp(ToolCallback callback) {
    return callback instanceof SyncMcpToolCallback || callback instanceof AsyncMcpToolCallback;
  }

  /** The tool as its server listed it. */
  static McpSchema.@Nullable Tool tool(ToolCallback callback) {
    Field field = callback instanceof SyncMcpToolCallback ? SYNC_TOOL : ASYNC_TOOL;
    return read(field, callback) instanceof McpSchema.Tool tool ? tool : null;
  }

  /** What the client that will be asked introduces itself with. */
  static McpSchema.@Nullable Implementation introduction(ToolCallback callback) {
    Object client = client(callback);
    if (client instanceof McpSyncClient sync) {
      return sync.getClientInfo();
    }
    return client instanceof McpAsyncClient async ? async.getClientInfo() : null;
  }

  /** Asks the server what it offers; nothing if it does not say. */
  static List<McpSchema.Tool> list(ToolCallback callback) {
    Object client = client(callback);
    McpSchema.@Nullable ListToolsResult found =
        client instanceof McpSyncClient sync
            ? sync.listTools()
            : client instanceof McpAsyncClient async ? async.listTools().block() : null;
    return found == null ? List.of() : found.tools();
  }

  private static @Nullable Object client(ToolCallback callback) {
    return read(callback instanceof SyncMcpToolCallback ? SYNC_CLIENT : ASYNC_CLIENT, callback);
  }

  /** A field of one of the SDK's builders, while it is being made. */
  static @Nullable Object of(Object builder, String name) {
    return read(field(builder.getClass(), name), builder);
  }

  private static @Nullable Field field(Class<?> owner, String name) {
    Field field = ReflectionUtils.findField(owner, name);
    return field != null && field.trySetAccessible() ? field : null;
  }

  private static @Nullable Object read(@Nullable Field field, Object target) {
    return field == null ? null : ReflectionUtils.getField(field, target);
  }
}
