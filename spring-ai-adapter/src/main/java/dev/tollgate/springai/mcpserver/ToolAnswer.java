package dev.tollgate.springai.mcpserver;

import dev.tollgate.Denial;
import dev.tollgate.ToolResult;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between the results of MCP and those of the gate. A policy can mask what is one JSON text, as
 * structured content, as text, or as both of the same; anything else it masks is withheld, since
 * what stands in two texts or in an image cannot be found for certain.
 */
final class ToolAnswer {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16 * 1024 * 1024, 64));

  private ToolAnswer() {}

  /** What the tool answered, for the gate; the SDK's own object comes back if nothing is masked. */
  static ToolResult of(CallToolResult result) {
    return new ToolResult.Returned(
        text(result), Boolean.TRUE.equals(result.isError()), result, false);
  }

  /** What left the gate, for the client. */
  static CallToolResult of(ToolResult.Returned returned, boolean structured) {
    if (returned.carrier() instanceof CallToolResult whole) {
      return whole;
    }
    return new CallToolResult(
        List.of(content(returned.text())),
        returned.error(),
        structured && !returned.error() ? PlainJson.read(returned.text()) : null,
        null);
  }

  /** The plain denial, as the tool's error. */
  static CallToolResult of(Denial denial) {
    return new CallToolResult(List.of(content(denial.forModel())), true, null, null);
  }

  private static Content content(String text) {
    return new McpSchema.TextContent(null, text, null);
  }

  /** Whether the text of this result is its structured content. */
  static boolean structured(CallToolResult result) {
    return structure(result) != null && saysOnlyThat(result, structure(result));
  }

  private static String text(CallToolResult result) {
    String structure = structure(result);
    if (saysOnlyThat(result, structure)) {
      return structure == null ? "" : structure;
    }
    List<String> parts = new ArrayList<>();
    contents(result).forEach(content -> parts.add(text(content)));
    if (result.structuredContent() != null) {
      parts.add(structure == null ? "[structured]" : structure);
    }
    return String.join("\n", parts);
  }

  /** {@code null} without it, and where it is no object that can be written. */
  private static @Nullable String structure(CallToolResult result) {
    try {
      return result.structuredContent() instanceof Map<?, ?> map ? PlainJson.write(map) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Servers write structured content a second time as text, for older clients. */
  private static boolean saysOnlyThat(CallToolResult result, @Nullable String structure) {
    List<Content> contents = contents(result);
    if (contents.isEmpty()) {
      return structure != null || result.structuredContent() == null;
    }
    return structure != null
        && contents.size() == 1
        && contents.get(0) instanceof McpSchema.TextContent content
        && same(content.text(), structure);
  }

  private static boolean same(String one, String other) {
    try {
      return JSON.parse(one).equals(JSON.parse(other));
    } catch (JsonRefusedException e) {
      return false;
    }
  }

  private static List<Content> contents(CallToolResult result) {
    List<Content> contents = result.content();
    return contents == null ? List.of() : contents;
  }

  /** Of what is no text, that it is there: no JSON, so that no mask is believed to have held. */
  private static String text(Content content) {
    if (content instanceof McpSchema.TextContent text) {
      return text.text() == null ? "" : text.text();
    }
    if (content instanceof McpSchema.EmbeddedResource embedded
        && embedded.resource() instanceof McpSchema.TextResourceContents text) {
      return "[resource]\n" + text.text();
    }
    return "[" + content.type() + "]";
  }
}
