package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class McpToolListTest {
  private static List<ToolDefinition> read(String text) {
    return McpToolList.read(text, "mcp:files");
  }

  private static void refuses(String text, String because) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ToolListException.class)
        .hasMessageContaining(because);
  }

  @Test
  void readsWhatAServerAnswers() {
    assertThat(
            read(
                """
                {"tools": [{"name": "rm", "title": "Remove", "description": "Removes.",
                  "inputSchema": {"type": "object"},
                  "annotations": {"title": "x", "destructiveHint": true, "readOnlyHint": false}}]}
                """))
        .containsExactly(
            new ToolDefinition(
                "rm",
                "Removes.",
                "{\"type\":\"object\"}",
                "mcp:files",
                Set.of("destructiveHint:true", "readOnlyHint:false")));
  }

  @Test
  void whatIsWrittenAndReadHasTheSameDigests() {
    List<ToolDefinition> tools =
        List.of(
            new ToolDefinition("a", "", "", "x"),
            new ToolDefinition("a", "says \"no\"\n\u202e\u0007 — \ud83d\ude00 ß", "{}", "y"),
            new ToolDefinition("b", "\\u202e", "{broken", "x"),
            new ToolDefinition("c", "big", "{\"maximum\": 9007199254740993}", "x"),
            new ToolDefinition(
                "d", "", "{\"b\":[1.0,null],\"a\":{}}", "x", Set.of("readOnlyHint:true")));
    String text = McpToolList.write(tools);
    assertThat(text).doesNotContain("\u202e", "\u0007");
    assertThat(read(text))
        .extracting(ToolDefinition::digest)
        .containsExactlyElementsOf(tools.stream().map(ToolDefinition::digest).toList());
    assertThat(McpToolList.write(read(text))).isEqualTo(text);
  }

  @Test
  void refusesWhatItCannotBeSureOf() {
    refuses("[]", "not a JSON object");
    refuses("{\"tools\": 1}", "has no array 'tools'");
    refuses("{\"tools\": [], \"tools\": []}", "the same key twice");
    refuses("{\"tools\": [], \"nextCursor\": \"2\"}", "one page of several");
    refuses("{\"tools\": [{}]}", "tools[0].name is no text");
    refuses("{\"tools\": [{\"name\": \" \"}]}", "tools[0].name is blank");
    refuses("{\"tools\": [{\"name\": \"a\", \"inputSchema\": []}]}", "inputSchema is no object");
    refuses(
        "{\"tools\": [{\"name\": \"a\", \"annotations\": {\"destructiveHint\": \"no\"}}]}",
        "destructiveHint is not true or false");
    refuses("{\"tools\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}", "tool \"a\" of mcp:files twice");
  }

  @Test
  void oneNameMayComeFromTwoSources() {
    assertThat(read("{\"tools\": [{\"name\": \"a\"}, {\"name\": \"a\", \"source\": \"b\"}]}"))
        .extracting(ToolDefinition::source)
        .containsExactly("mcp:files", "b");
  }
}
