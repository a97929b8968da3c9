package dev.tollgate.springai.mcpserver;

import dev.tollgate.tool.ToolDefinition;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the gate knows of a tool that this application's MCP server offers. */
final class ServedTool {
  private ServedTool() {}

  static ToolDefinition definition(McpSchema.Tool tool) {
    return new ToolDefinition(
        tool.name(),
        text(tool.description()),
        schema(tool),
        GuardedMcp.SOURCE,
        hints(tool.annotations()));
  }

  /**
   * Only those that say more than a missing one does: {@code @McpTool} writes all of them on every
   * tool, "destructive" too, whether or not anybody has said so.
   */
  private static Set<String> hints(McpSchema.@Nullable ToolAnnotations annotations) {
    Set<String> said = new TreeSet<>();
    if (annotations != null) {
      said(said, "readOnlyHint", annotations.readOnlyHint(), true);
      said(said, "destructiveHint", annotations.destructiveHint(), false);
      said(said, "idempotentHint", annotations.idempotentHint(), true);
      said(said, "openWorldHint", annotations.openWorldHint(), false);
    }
    return said;
  }

  private static void said(Set<String> into, String hint, @Nullable Boolean value, boolean more) {
    if (value != null && value == more) {
      into.add(hint + ":" + value);
    }
  }

  private static String schema(McpSchema.Tool tool) {
    // By name: in the SDK's 0.18 it is a record, in 2.0 a map.
    Object schema = read(McpSchema.Tool.class, "inputSchema", tool);
    if (schema instanceof Record record) {
      return PlainJson.write(members(record));
    }
    return schema instanceof Map<?, ?> map ? PlainJson.write(map) : "";
  }

  /** As the SDK's 0.18 writes it into {@code tools/list}. */
  private static Map<String, Object> members(Record schema) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (RecordComponent member : schema.getClass().getRecordComponents()) {
      String name = member.getName().equals("defs") ? "$defs" : member.getName();
      Object value = read(schema.getClass(), member.getName(), schema);
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static @Nullable Object read(Class<?> type, String accessor, Object from) {
    try {
      return type.getMethod(accessor).invoke(from);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("this MCP SDK's tools have no input schema to read", e);
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
