package dev.tollgate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an editor offers for the properties is what the page of configuration says. */
class MetadataTest {
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
    List<String> offered =
        found(
            NAME,
            Files.readString(
                Path.of("src/main/resources/META-INF/spring-configuration-metadata.json")));
    assertThat(offered).hasSizeGreaterThan(25);
    assertThat(documented).containsAll(offered.stream().map(MetadataTest::asOnThePage).toList());
    assertThat(offered.stream().map(MetadataTest::asOnThePage))
        .containsAll(
            documented.stream()
                // The backends bring their own.
                .filter(key -> !key.startsWith("tollgate.oauth."))
                .filter(key -> !key.matches("tollgate\\.policy\\.(set|folder)"))
                .toList());
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
