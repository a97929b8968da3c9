package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.AttributeType;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyAttribute.Presence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page has every attribute of the catalogue, as it is, and no other. */
class PolicyReferenceTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "policy-reference.md");

  @Test
  void thePageIsTheCatalogue() throws Exception {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `context.")).toList();
    assertThat(rows)
        .as("the table of attributes in docs/policy-reference.md")
        .containsExactlyElementsOf(
            AttributeCatalogue.ALL.stream().map(PolicyReferenceTest::row).toList());
  }

  private static String row(PolicyAttribute one) {
    return String.join(
            " | ",
            "| `context." + one.path() + "`",
            "`" + type(one.type()) + "`",
            presence(one),
            "`" + one.authzen() + "`",
            one.masked() ? "masked" : "",
            one.meaning() + " |")
        .replace("|  |", "| |");
  }

  private static String presence(PolicyAttribute one) {
    return switch (one.presence()) {
      case ALWAYS -> "always";
      case WITH_RECORD -> "with `" + one.record() + "`";
      case SOMETIMES -> "sometimes";
      case NOT_YET -> "not yet";
    };
  }

  private static String type(AttributeType type) {
    return switch (type) {
      case TEXT -> "String";
      case WHOLE -> "Long";
      case YES_NO -> "Bool";
      case TEXTS -> "Set<String>";
      case ADDRESS -> "ipaddr";
    };
  }

  @Test
  void everyWayToBePresentIsExplained() throws Exception {
    String page = Files.readString(PAGE);
    for (Presence presence : Presence.values()) {
      String word =
          presence == Presence.WITH_RECORD
              ? "with …"
              : presence.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      assertThat(page).contains("- **" + word + "**");
    }
  }
}
