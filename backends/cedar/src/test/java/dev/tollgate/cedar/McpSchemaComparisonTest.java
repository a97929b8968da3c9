package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schema made from MCP tool lists, beside what npm's {@code mcp-schema-generator-wasm} of the
 * Cedar project makes of the same lists, attribute by attribute. {@code differences.tsv} has every
 * difference with its reason; one that it does not have fails, and so does one that is no more.
 */
class McpSchemaComparisonTest {
  private static final Path FOLDER = Path.of("src", "test", "mcp-schema");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyDifferenceFromTheOtherGeneratorIsExplained() throws Exception {
    Map<String, String> ours = new TreeMap<>();
    for (Path list : lists()) {
      String source = "mcp:" + list.getFileName().toString().replace(".json", "");
      String text = CedarToolSchema.of(definitions(list, source), ToolManifest.empty());
      SchemaForm form = new SchemaForm(new Schema(text).toJsonFormat());
      form.actions("args").entrySet().stream()
          .filter(action -> !action.getKey().matches("(any|unlisted)(:.*)?"))
          .forEach(action -> put(form, action.getKey(), action.getValue(), ours));
    }
    Map<String, String> theirs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> answer : otherGenerator().properties()) {
      if (answer.getValue().has("error")) {
        theirs.put(answer.getKey(), "refused: " + answer.getValue().path("error").asText());
        continue;
      }
      SchemaForm form = new SchemaForm(answer.getValue());
      form.actions("input").forEach((name, input) -> put(form, name, input, theirs));
    }
    Map<String, String> differences = new TreeMap<>();
    Stream.concat(ours.keySet().stream(), theirs.keySet().stream())
        .distinct()
        .filter(path -> !ours.getOrDefault(path, "").equals(theirs.getOrDefault(path, "")))
        .forEach(
            path ->
                differences.put(
                    path, ours.getOrDefault(path, "-") + "\t" + theirs.getOrDefault(path, "-")));
    assertThat(ours.size() - differences.size()).as("attributes that agree").isGreaterThan(40);
    assertThat(differences).containsExactlyInAnyOrderEntriesOf(explained());
  }

  private static void put(
      SchemaForm form, String action, JsonNode arguments, Map<String, String> into) {
    into.put(action, "action");
    form.attributes(action, arguments, into);
  }

  /** Path, ours, theirs, why; lines of {@code #} are for readers. */
  private static Map<String, String> explained() throws Exception {
    Map<String, String> explained = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("differences.tsv"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("\t", -1);
        assertThat(cells).as(line).hasSize(4);
        assertThat(cells[3]).as("the reason of %s", cells[0]).isNotBlank();
        explained.put(cells[0], cells[1] + "\t" + cells[2]);
      }
    }
    return explained;
  }

  private static List<Path> lists() throws Exception {
    try (Stream<Path> files = Files.list(FOLDER.resolve("lists"))) {
      return files.sorted().toList();
    }
  }

  private static List<ToolDefinition> definitions(Path list, String source) throws Exception {
    List<ToolDefinition> definitions = new ArrayList<>();
    for (JsonNode tool : JSON.readTree(list.toFile()).path("tools")) {
      definitions.add(
          new ToolDefinition(
              tool.path("name").asText(),
              tool.path("description").asText(),
              tool.path("inputSchema").toString(),
              source));
    }
    return definitions;
  }

  private static JsonNode otherGenerator() throws Exception {
    assertThat(FOLDER.resolve("node_modules"))
        .as("run first: npm ci --prefix backends/cedar/src/test/mcp-schema")
        .isDirectory();
    List<String> command = new ArrayList<>(List.of("node", "generate.js"));
    lists().forEach(list -> command.add(FOLDER.relativize(list).toString()));
    Path errors = Files.createTempFile("mcp-schema", ".txt");
    Process node =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectError(errors.toFile())
            .start();
    JsonNode answer = JSON.readTree(node.getInputStream());
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(Files.readString(errors)).isZero();
    Files.delete(errors);
    return answer;
  }
}
