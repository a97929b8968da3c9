package dev.tollgate;

import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the manifest says of definitions, remembered: a framework that shows its tools anew with
 * each call would have their schemas parsed and digested each time. Only whole definitions are
 * compared, so a changed one is another one.
 */
final class DescribedTools {
  private static final int MOST = 1000; // a server may invent tools without end
  private static final int LONGEST = 16 * 1024; // and long ones
  private final ToolManifest manifest;
  private final ConcurrentMap<ToolDefinition, Tool> known = new ConcurrentHashMap<>();

  DescribedTools(ToolManifest manifest) {
    this.manifest = manifest;
  }

  Tool of(ToolDefinition definition) {
    Tool tool = known.get(definition);
    if (tool != null) {
      return tool;
    }
    Tool described = manifest.describe(definition);
    if (known.size() < MOST && length(definition) < LONGEST) {
      known.put(definition, described);
    }
    return described;
  }

  private static int length(ToolDefinition definition) {
    int length =
        definition.name().length()
            + definition.description().length()
            + definition.inputSchema().length()
            + definition.source().length();
    for (String annotation : definition.annotations()) {
      length += annotation.length();
    }
    return length;
  }
}
