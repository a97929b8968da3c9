package dev.tollgate.cli.manifest;

import dev.tollgate.json.Shown;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;

/** What is odd about a definition itself, whatever a manifest says of it. */
final class DefinitionFindings {
  /** Longer than tools need to say what they do: room for instructions to the model. */
  static final int LONG = 2000;

  private DefinitionFindings() {}

  static List<String> of(ToolDefinition tool) {
    List<String> found = new ArrayList<>();
    hidden(tool, "name", tool.name(), found);
    hidden(tool, "description", tool.description(), found);
    // Escapes hide nothing from a model: it reads the schema parsed.
    hidden(tool, "inputSchema", String.valueOf(tool.parsedSchema()), found);
    if (tool.description().length() > LONG) {
      found.add(
          "warning: tool %s: its description has %d characters; read them all before you lock it"
              .formatted(Shown.quoted(tool.name()), tool.description().length()));
    }
    if (tool.parsedSchema() == null && !tool.inputSchema().isBlank()) {
      found.add("error: tool " + Shown.quoted(tool.name()) + ": its inputSchema is no strict JSON");
    }
    return found;
  }

  private static void hidden(ToolDefinition tool, String where, String text, List<String> found) {
    text.codePoints()
        .filter(DefinitionFindings::hides)
        .findFirst()
        .ifPresent(
            c ->
                found.add(
                    "error: tool %s: its %s holds U+%04X, which people do not see and models read"
                        .formatted(Shown.quoted(tool.name()), where, c)));
  }

  private static boolean hides(int c) {
    if (c == '\n' || c == '\t' || c == '\r') {
      return false;
    }
    boolean variation = (c >= 0xfe00 && c <= 0xfe0e) || (c >= 0xe0100 && c <= 0xe01ef);
    return variation
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
        };
  }
}
