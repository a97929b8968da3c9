package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolDefinitionTest {
  private static String digest(String name, String description, String schema) {
    return new ToolDefinition(name, description, schema, "s").digest();
  }

  @Test
  void theOrderOfKeysDoesNotCount() {
    assertThat(digest("a", "b", "{\"x\":1,\"y\":[2]}"))
        .isEqualTo(digest("a", "b", " {\"y\":[2.0],\n\"x\":1}"))
        .matches("sha256:[\\w-]{43}");
  }

  @Test
  void everythingElseDoes() {
    String one = digest("ab", "c", "{}");
    assertThat(one)
        .isNotEqualTo(digest("a", "bc", "{}"))
        .isNotEqualTo(digest("abc", "", "{}"))
        .isNotEqualTo(digest("ab", "c{}", ""))
        .isNotEqualTo(digest("ab", "c", ""))
        .isNotEqualTo(digest("ab", "c", "{\"a\":1}"))
        .isNotEqualTo(digest("ab", "c ", "{}"));
  }

  @Test
  void aSchemaThatIsNoJsonCountsAsItStands() {
    assertThat(digest("a", "b", "{broken")).isNotEqualTo(digest("a", "b", "{broken "));
  }
}
