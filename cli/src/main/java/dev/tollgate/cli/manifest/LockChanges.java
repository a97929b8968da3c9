package dev.tollgate.cli.manifest;

import dev.tollgate.json.JsonValue;
import dev.tollgate.json.ReadableJson;
import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a new lock would change, in lines for people to read. */
final class LockChanges {
  private LockChanges() {}

  static List<String> between(ToolLock before, ToolLock after) {
    List<String> lines = new ArrayList<>();
    for (ToolDefinition now : after.definitions()) {
      ToolDefinition was = before.find(now.name(), now.source());
      if (was == null) {
        lines.add("+ " + named(now));
        lines.add("    description: " + Shown.quoted(now.description()));
      } else if (!was.digest().equals(now.digest())) {
        lines.add("~ " + named(now));
        differ(
            "description", Shown.quoted(was.description()), Shown.quoted(now.description()), lines);
        differ("annotations", hints(was), hints(now), lines);
        schemas(was, now, lines);
      }
    }
    for (ToolDefinition was : before.definitions()) {
      if (after.find(was.name(), was.source()) == null) {
        lines.add("- " + named(was));
      }
    }
    return lines;
  }

  private static String named(ToolDefinition tool) {
    return Shown.quoted(tool.name()) + " of " + Shown.text(tool.source());
  }

  private static String hints(ToolDefinition tool) {
    return Shown.text(new TreeSet<>(tool.annotations()).toString());
  }

  private static void differ(String what, String was, String now, List<String> lines) {
    if (!was.equals(now)) {
      lines.add("    " + what + " was: " + was);
      lines.add("    " + what + " is:  " + now);
    }
  }

  /** The lines that only one of them has: enough to see what moved. */
  private static void schemas(ToolDefinition was, ToolDefinition now, List<String> lines) {
    List<String> old = schema(was);
    List<String> fresh = schema(now);
    if (!old.equals(fresh)) {
      lines.add("    inputSchema:");
      old.stream().filter(one -> !fresh.contains(one)).forEach(one -> lines.add("      - " + one));
      fresh.stream().filter(one -> !old.contains(one)).forEach(one -> lines.add("      + " + one));
    }
  }

  private static List<String> schema(ToolDefinition tool) {
    JsonValue parsed = tool.parsedSchema();
    return parsed == null
        ? List.of(Shown.quoted(tool.inputSchema()))
        : ReadableJson.text(parsed).lines().toList();
  }
}
