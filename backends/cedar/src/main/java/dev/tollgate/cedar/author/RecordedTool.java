package dev.tollgate.cedar.author;

import dev.tollgate.json.JsonValue;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.util.Set;

/**
 * The tool of a recorded question, as a manifest has it.
 *
 * @param tool the tool
 * @param otherwise in what the manifest says otherwise than the one in force at the time, empty if
 *     in nothing that decides which policies apply
 */
record RecordedTool(Tool tool, String otherwise) {

  static RecordedTool of(ToolManifest manifest, JsonValue.Members asked) {
    JsonValue.Members attributes =
        asked.get("attributes") instanceof JsonValue.Members members ? members : asked;
    Tool tool =
        manifest.describe(
            new ToolDefinition(
                AuditedCall.text(asked, "tool"),
                "",
                "",
                AuditedCall.text(asked, "source"),
                Set.copyOf(AuditedCall.texts(attributes, "tool.annotations"))));
    boolean listed = tool.standing() == Tool.Standing.LISTED;
    if (!(attributes.get("tool.listed") instanceof JsonValue.Bool was) || was.value() != listed) {
      return new RecordedTool(tool, "tool.listed");
    }
    return new RecordedTool(
        tool,
        AuditedCall.text(attributes, "tool.effect").equals(tool.effect().text())
            ? ""
            : "tool.effect");
  }
}
