package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an editor offers for the properties is what the page of configuration says. */
class MetadataTest {
  private static final Path METADATA =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
  private static final Pattern NAME = Pattern.compile("\"name\": \"(tollgate\\.[a-z.-]+)\"");
  private static final Pattern KEY = Pattern.compile("`(tollgate\\.[a-z.-]+)");

  @Test
  void names_every_key_of_the_core_and_no_other() throws IOException {
    String firstColumn =
        Files.readAllLines(Path.of("../docs/configuration.md")).stream()
            .filter(line -> line.startsWith("| `tollgate."))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .collect(Collectors.joining("\n"));
    List<String> documented = found(KEY, firstColumn);
    List<String> offered = found(NAME, Files.readString(METADATA));
    assertThat(offered).hasSizeGreaterThan(25);
    assertThat(documented).containsAll(offered.stream().map(MetadataTest::asOnThePage).toList());
    assertThat(offered.stream().map(MetadataTest::asOnThePage)).containsAll(documented);
  }

  @Test
  void says_of_every_key_what_it_is_and_of_every_choice_what_can_be_chosen() throws IOException {
    JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
    Map<String, JsonNode> hints = new HashMap<>();
    metadata.get("hints").forEach(hint -> hints.put(hint.get("name").asText(), hint));
    for (JsonNode property : metadata.get("properties")) {
      String name = property.get("name").asText();
      assertThat(property.get("description").asText()).as(name).endsWith(".");
      assertThat(property.get("type").asText()).as(name).startsWith("java.");
      JsonNode hint = hints.remove(name);
      if (hint != null && property.has("defaultValue")) {
        assertThat(hint.get("values").findValuesAsText("value"))
            .as(name)
            .contains(property.get("defaultValue").asText());
      }
    }
    assertThat(hints).as("of keys that there are not").isEmpty();
    assertThat(metadata.get("hints").findValuesAsText("name"))
        .contains("tollgate.strict", "tollgate.denied", "tollgate.tool-list", "tollgate.mode");
  }

  /** The page shows these with what may follow. */
  private static String asOnThePage(String name) {
    return name.matches("tollgate\\.(budget|rate)") ? name + "." : name;
  }

  private static List<String> found(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found.stream().distinct().toList();
  }
}
