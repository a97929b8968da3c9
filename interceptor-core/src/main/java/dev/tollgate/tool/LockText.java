package dev.tollgate.tool;

import dev.tollgate.json.JsonValue;
import dev.tollgate.json.ReadableJson;
import dev.tollgate.json.Shown;
import dev.tollgate.yaml.YamlPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a lock is written and read. A server wrote most of it, so nothing in it is left as it is. */
final class LockText {
  private static final String VERSION = "tollgate/tools-lock/v1";
  private static final String HEAD =
      "# Reviewed tool definitions. Written by 'tollgate manifest lock'; do not edit, review.\n"
          + "version: "
          + VERSION
          + "\ntools:";

  private LockText() {}

  static String write(List<ToolDefinition> tools) {
    StringBuilder out = new StringBuilder(HEAD).append(tools.isEmpty() ? " []\n" : "\n");
    for (ToolDefinition tool : tools) {
      out.append("  - name: ").append(Shown.quoted(tool.name())).append('\n');
      line("source", Shown.quoted(tool.source()), out);
      line("digest", tool.digest(), out);
      if (!tool.annotations().isEmpty()) {
        StringJoiner list = new StringJoiner(", ", "[", "]");
        new TreeSet<>(tool.annotations()).forEach(one -> list.add(Shown.quoted(one)));
        line("annotations", list.toString(), out);
      }
      if (!tool.description().isEmpty()) {
        line("description", Shown.quoted(tool.description()), out);
      }
      JsonValue schema = tool.parsedSchema();
      if (schema != null) {
        line("inputSchema", "|-", out);
        ReadableJson.text(schema)
            .lines()
            .forEach(one -> out.append("      ").append(one).append('\n'));
      } else if (!tool.inputSchema().isBlank()) {
        line("inputSchema", Shown.quoted(tool.inputSchema()), out);
      }
    }
    return out.toString();
  }

  private static void line(String key, String value, StringBuilder out) {
    out.append("    ").append(key).append(": ").append(value).append('\n');
  }

  static List<ToolDefinition> read(String yaml, String origin) {
    YamlPlace root = YamlPlace.parse(yaml, origin, ManifestException::new);
    root.allowOnly("version", "tools");
    YamlPlace version = root.require("version");
    if (!VERSION.equals(version.text())) {
      throw version.refuse("version must be " + VERSION);
    }
    List<ToolDefinition> tools = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlPlace item : root.require("tools").items()) {
      ToolDefinition tool = tool(item);
      if (!seen.add(tool.name() + "\0" + tool.source())) {
        throw item.refuse("tool " + Shown.quoted(tool.name()) + " is locked twice for its source");
      }
      tools.add(tool);
    }
    return tools;
  }

  private static ToolDefinition tool(YamlPlace at) {
    at.allowOnly("name", "source", "digest", "annotations", "description", "inputSchema");
    YamlPlace digest = at.require("digest");
    Set<String> annotations = new TreeSet<>();
    YamlPlace given = at.find("annotations");
    if (given != null) {
      given.items().forEach(item -> annotations.add(item.text()));
    }
    ToolDefinition tool =
        new ToolDefinition(
            at.require("name").text(),
            verbatim(at.find("description")),
            verbatim(at.find("inputSchema")),
            at.require("source").text(),
            annotations);
    if (!tool.digest().equals(digest.text())) {
      throw digest.refuse(
          "is not the digest of this definition, which is "
              + tool.digest()
              + ": somebody edited the lock; write it anew with 'tollgate manifest lock'");
    }
    return tool;
  }

  private static String verbatim(@Nullable YamlPlace at) {
    return at == null ? "" : at.verbatim();
  }
}
