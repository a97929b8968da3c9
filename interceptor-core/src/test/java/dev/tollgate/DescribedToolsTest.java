package dev.tollgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import org.junit.jupiter.api.Test;

class DescribedToolsTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}";
  private final DescribedTools tools =
      new DescribedTools(
          ToolManifest.parse(
              """
              version: tollgate/manifest/v1
              tools:
                - name: read
                  effect: read
              """,
              "test"));

  private static ToolDefinition read(String description, String schema) {
    return new ToolDefinition("read", description, schema, "test");
  }

  @Test
  void the_same_definition_is_described_once() {
    var first = tools.of(read("reads", SCHEMA));
    assertThat(first.effect()).isEqualTo(Effect.READ);
    assertThat(tools.of(read("reads", new String(SCHEMA)))).isSameAs(first);
  }

  @Test
  void whatever_differs_is_another_tool() {
    var first = tools.of(read("reads", SCHEMA));
    assertThat(tools.of(read("reads and sends", SCHEMA)).definitionDigest())
        .isNotEqualTo(first.definitionDigest());
    assertThat(tools.of(read("reads", SCHEMA.replace("path", "paths"))).definitionDigest())
        .isNotEqualTo(first.definitionDigest());
  }

  @Test
  void tools_without_end_and_long_ones_are_described_but_not_kept() {
    var before = tools.of(read("reads", SCHEMA));
    var first = tools.of(read("x".repeat(20_000), SCHEMA));
    var again = tools.of(read("x".repeat(20_000), SCHEMA));
    assertThat(again).isNotSameAs(first);
    assertThat(again.definitionDigest()).isEqualTo(first.definitionDigest());
    for (int i = 0; i < 2_000; i++) {
      tools.of(read("reads " + i, SCHEMA));
    }
    assertThat(tools.of(read("reads 1999", SCHEMA)))
        .isNotSameAs(tools.of(read("reads 1999", SCHEMA)));
    assertThat(tools.of(read("reads", SCHEMA))).isSameAs(before);
  }
}
