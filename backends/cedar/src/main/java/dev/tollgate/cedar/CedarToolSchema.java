package dev.tollgate.cedar;

import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Cedar schema of tools, as text for editors and validators: one action for each tool, in the
 * groups of its effect and its source, with the arguments of its JSON Schema as typed context.
 */
public final class CedarToolSchema {
  private CedarToolSchema() {}

  /**
   * The schema that policies are checked against under this manifest.
   *
   * @throws CedarPolicyException if a tool's name or schema does not fit
   */
  public static String of(ToolManifest manifest) {
    return CedarSchema.of(new ToolActions(manifest).all(), ContextReads.EVERYTHING);
  }

  /**
   * The schema that policies would be checked against once all of these tools are listed and their
   * definitions reviewed. What the manifest says of a tool stands; one that it does not list is in
   * the group of the most dangerous effect. (The gate itself has only {@code Action::"unlisted"}
   * for tools that are not listed.)
   *
   * @param tools what a framework has registered, or an MCP server lists
   * @throws CedarPolicyException if a tool's name or schema does not fit, or two tools are the same
   */
  public static String of(List<ToolDefinition> tools, ToolManifest manifest) {
    List<ListedTool> listed = new ArrayList<>();
    for (ToolDefinition definition : tools) {
      listed.add(reviewed(definition, manifest));
    }
    return of(new ToolManifest(listed, manifest.zones()));
  }

  private static ListedTool reviewed(ToolDefinition definition, ToolManifest manifest) {
    Tool tool = manifest.describe(definition);
    boolean known = tool.standing() == Tool.Standing.LISTED;
    return new ListedTool(
        definition.name(),
        definition.source(),
        known ? tool.effect() : Effect.ADMIN,
        known ? tool.arguments() : Map.of(),
        tool.destination(),
        known ? tool.sensitivity() : Sensitivity.RESTRICTED,
        known ? tool.resultTrust() : ResultTrust.UNTRUSTED,
        null,
        null,
        tool.zone(),
        tool.legacySecret(),
        definition.inputSchema());
  }
}
