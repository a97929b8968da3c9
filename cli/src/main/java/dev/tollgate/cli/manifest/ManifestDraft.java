package dev.tollgate.cli.manifest;

import dev.tollgate.json.Shown;
import dev.tollgate.tool.AnnotatedEffect;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Map;

/**
 * A first manifest. What a server says of its tools stands in comments only: until a person has
 * said what a tool does, it counts as the most dangerous there is.
 */
final class ManifestDraft {
  private static final int LONGEST = 160;

  private ManifestDraft() {}

  static String of(List<ToolDefinition> tools) {
    StringBuilder out = new StringBuilder("version: tollgate/manifest/v1\ntools:");
    out.append(tools.isEmpty() ? " []\n" : "\n");
    for (ToolDefinition tool : tools) {
      out.append("  - name: ").append(Shown.quoted(tool.name())).append('\n');
      out.append("    source: ").append(Shown.quoted(tool.source())).append('\n');
      if (!tool.description().isBlank()) {
        out.append("    # it says: ").append(shortened(tool.description())).append('\n');
      }
      out.append("    effect: admin # review: ").append(suggestion(tool)).append('\n');
      arguments(SchemaArgument.of(tool), out);
    }
    return out.toString();
  }

  private static String suggestion(ToolDefinition tool) {
    if (AnnotatedEffect.raise(Effect.READ, tool.annotations()) == Effect.DELETE) {
      return "its server calls it destructive, so at least delete";
    }
    return tool.annotations().contains(AnnotatedEffect.READ_ONLY + ":true")
        ? "its server calls it read-only; if that is true, read"
        : "what does it do to the world?";
  }

  private static void arguments(Map<String, SchemaArgument> arguments, StringBuilder out) {
    boolean any = arguments.values().stream().anyMatch(one -> one.type() != null);
    out.append(any ? "    arguments:\n" : "");
    arguments.forEach(
        (name, argument) -> {
          if (argument.type() == null) {
            out.append("      # ").append(Shown.quoted(name)).append(": no type for policies\n");
            return;
          }
          out.append("      ").append(Shown.quoted(name)).append(": { type: ");
          out.append(argument.type().text()).append(", steering: false } # review");
          out.append(argument.place() ? ": looks like a place, so destination: true?\n" : "\n");
        });
  }

  private static String shortened(String text) {
    String shown = Shown.text(text.replace('\n', ' '));
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + " ...";
  }
}
