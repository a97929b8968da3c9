package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CedarToolSchemaTest {
  private static final String NOTE =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

  @Test
  void toolsAreInTheGroupsOfTheirEffectAndSource() throws Exception {
    String text =
        CedarToolSchema.of(
            List.of(
                new ToolDefinition("order_find", "", "", "mcp:shop"),
                new ToolDefinition("note_add", "", NOTE, "spring-ai")),
            Shop.MANIFEST);
    JsonNode actions = new Schema(text).toJsonFormat().path("").path("actions");
    assertThat(groups(actions, "order_find")).containsExactly("effect:read", "source:mcp:shop");
    assertThat(groups(actions, "note_add")).containsExactly("effect:admin", "source:spring-ai");
    assertThat(text).contains("\"args\": {\"text\": String}");
  }

  @Test
  void whatTheManifestDeclaresStandsAboveTheDefinition() {
    String of = "{\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"%s\"}}}";
    assertThat(CedarToolSchema.of(List.of(order(String.format(of, "integer"))), Shop.MANIFEST))
        .contains("\"total\"?: decimal");
    assertThatThrownBy(
            () -> CedarToolSchema.of(List.of(order(String.format(of, "string"))), Shop.MANIFEST))
        .hasMessageContaining("`total` is of type decimal, and its reviewed schema says String");
  }

  @Test
  void aToolThatIsThereTwiceIsRefused() {
    ToolDefinition one = new ToolDefinition("note_add", "", NOTE, "a");
    assertThatThrownBy(() -> CedarToolSchema.of(List.of(one, one), Shop.MANIFEST))
        .hasMessageContaining("two tools would be");
  }

  @Test
  void theSchemaOfAManifestIsTheOneThatPoliciesAreCheckedAgainst() {
    assertThat(CedarToolSchema.of(Shop.MANIFEST))
        .isEqualTo(CedarSchema.of(new ToolActions(Shop.MANIFEST).all(), ContextReads.EVERYTHING))
        .contains("\"address\": {\"city\": String", "\"carrier\"?: String");
  }

  private static ToolDefinition order(String schema) {
    return new ToolDefinition("order_place", "", schema, "mcp:shop");
  }

  private static List<String> groups(JsonNode actions, String tool) {
    List<String> groups = new ArrayList<>();
    actions.path(tool).path("memberOf").forEach(group -> groups.add(group.path("id").asText()));
    return groups;
  }
}
