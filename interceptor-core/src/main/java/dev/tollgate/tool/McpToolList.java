package dev.tollgate.tool;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.ReadableJson;
import dev.tollgate.json.Shown;
import dev.tollgate.json.StrictJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tools in the shape of MCP's {@code tools/list}: {@code {"tools": [{name, description,
 * inputSchema, annotations}]}}, with a {@code source} of our own beside the name. Both adapters
 * write them, so that a tool's digest is the one that the gate sees at run time.
 */
public final class McpToolList {
  /** More tools than any model can be offered. */
  public static final int MAX_TOOLS = 10_000;

  private static final StrictJson JSON = new StrictJson(new JsonLimits(16 * 1024 * 1024, 210));

  private McpToolList() {}

  /**
   * Reads a list; members that MCP has and that are no part of a definition are passed over. The
   * same name may stand twice with two sources.
   *
   * @param defaultSource the source of tools that name none
   * @throws ToolListException if it is no such list, or lists a tool twice
   */
  public static List<ToolDefinition> read(String text, String defaultSource) {
    JsonValue.Members root;
    try {
      root = JSON.parseObject(text);
    } catch (JsonRefusedException e) {
      throw new ToolListException(String.valueOf(e.getMessage()));
    }
    if (root.get("tools") == null && root.get("result") instanceof JsonValue.Members result) {
      root = result; // the answer with its JSON-RPC envelope
    }
    if (root.get("nextCursor") instanceof JsonValue.Text) {
      throw new ToolListException("is one page of several (nextCursor); join them first");
    }
    if (!(root.get("tools") instanceof JsonValue.Array array)) {
      throw new ToolListException("has no array 'tools'");
    }
    if (array.items().size() > MAX_TOOLS) {
      throw new ToolListException("has more than " + MAX_TOOLS + " tools");
    }
    List<ToolDefinition> tools = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (JsonValue item : array.items()) {
      ToolDefinition tool = tool(item, tools.size(), defaultSource);
      if (!seen.add(tool.name() + "\0" + tool.source())) {
        throw new ToolListException(
            "tool " + Shown.quoted(tool.name()) + " of " + Shown.text(tool.source()) + " twice");
      }
      tools.add(tool);
    }
    return List.copyOf(tools);
  }

  private static ToolDefinition tool(JsonValue item, int at, String defaultSource) {
    String where = "tools[" + at + "]";
    if (!(item instanceof JsonValue.Members tool)) {
      throw new ToolListException(where + " is no object");
    }
    String name = text(tool.get("name"), where + ".name", null);
    if (name.isBlank()) {
      throw new ToolListException(where + ".name is blank");
    }
    String source = text(tool.get("source"), where + ".source", defaultSource);
    JsonValue schema = tool.get("inputSchema");
    return new ToolDefinition(
        name,
        text(tool.get("description"), where + ".description", ""),
        schema instanceof JsonValue.Text verbatim
            ? verbatim.value()
            : schema == null ? "" : schema(schema, where),
        source,
        annotations(tool.get("annotations"), where));
  }

  private static String schema(JsonValue schema, String where) {
    if (schema instanceof JsonValue.Members members) {
      return members.toString();
    }
    throw new ToolListException(where + ".inputSchema is no object");
  }

  private static String text(@Nullable JsonValue value, String where, @Nullable String fallback) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    if (value == null && fallback != null) {
      return fallback;
    }
    throw new ToolListException(where + " is no text");
  }

  private static Set<String> annotations(@Nullable JsonValue value, String where) {
    TreeSet<String> found = new TreeSet<>();
    if (value == null || value instanceof JsonValue.Members) {
      for (String hint : AnnotatedEffect.HINTS) {
        JsonValue says = value instanceof JsonValue.Members members ? members.get(hint) : null;
        if (says instanceof JsonValue.Bool bool) {
          found.add(hint + ":" + bool.value());
        } else if (says != null) {
          throw new ToolListException(where + ".annotations." + hint + " is not true or false");
        }
      }
      return found;
    }
    throw new ToolListException(where + ".annotations is no object");
  }

  /** Writes a list, sorted by name and source. */
  public static String write(Collection<ToolDefinition> tools) {
    List<JsonValue> items = new ArrayList<>();
    for (ToolDefinition tool : ToolLock.sorted(tools)) {
      Map<String, JsonValue> members = new TreeMap<>();
      members.put("name", new JsonValue.Text(tool.name()));
      members.put("source", new JsonValue.Text(tool.source()));
      members.put("description", new JsonValue.Text(tool.description()));
      if (!tool.inputSchema().isBlank()) {
        members.put("inputSchema", schemaOf(tool));
      }
      if (!tool.annotations().isEmpty()) {
        Map<String, JsonValue> hints = new TreeMap<>();
        for (String one : tool.annotations()) {
          int colon = one.indexOf(':');
          hints.put(one.substring(0, colon), hint(one.substring(colon + 1)));
        }
        members.put("annotations", JsonValue.object(hints));
      }
      items.add(JsonValue.object(members));
    }
    return ReadableJson.text(JsonValue.object(Map.of("tools", new JsonValue.Array(items)))) + "\n";
  }

  private static JsonValue hint(String says) {
    return says.equals("true") || says.equals("false")
        ? new JsonValue.Bool(says.equals("true"))
        : new JsonValue.Text(says);
  }

  /** What the strict parser does not take stays the text it is, and so does its digest. */
  private static JsonValue schemaOf(ToolDefinition tool) {
    JsonValue parsed = tool.parsedSchema();
    return parsed instanceof JsonValue.Members ? parsed : new JsonValue.Text(tool.inputSchema());
  }
}
