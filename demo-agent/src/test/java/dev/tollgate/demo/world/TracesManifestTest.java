package dev.tollgate.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold for the manifest of the recorded traces, whoever edits it. */
class TracesManifestTest {
  /** Payments whose call names no amount and no payee, and why. */
  private static final Map<String, String> PAY_UNNAMED =
      Map.of(
          "checkout_selected_cart", "the shop knows the price and is the payee",
          "refund_order", "the order knows the price, the shop account the payee",
          "verify_transaction", "both were in the call that it confirms");

  /** Effects that no argument steers, and why. */
  private static final Map<String, String> UNSTEERED =
      Map.of(
          "clear_cart", "there is one cart",
          "verify_shopping_account", "a one-time password only proves",
          "verify_github_account", "a one-time password only proves",
          "verify_transaction", "a one-time password only proves");

  private static final Set<String> TRUSTED = Set.of("get_current_day", "get_iban");
  private static final Set<String> PAYEES = Set.of("recipient");
  private static final Set<String> PROSE =
      Set.of("subject", "body", "content", "title", "description", "comment_body");

  /** Arguments that no type fits. */
  private static final Set<String> LEFT_OUT =
      Set.of("send_email.attachments", "input_to_webpage.inputs");

  private final Map<String, ListedTool> tools = new TreeMap<>();

  TracesManifestTest() throws IOException {
    Manifests.named("traces").tools().forEach(tool -> tools.put(tool.name(), tool));
  }

  @Test
  void everyPaymentNamesAnAmountAndAPayee() {
    Set<String> without = new TreeSet<>();
    for (ListedTool tool : tools.values()) {
      boolean amount = false;
      boolean payee = false;
      for (Map.Entry<String, Argument> one : tool.arguments().entrySet()) {
        amount |= one.getValue().steering() && one.getValue().spends() != null;
        payee |= one.getValue().steering() && PAYEES.contains(one.getKey());
      }
      if (tool.effect() == Effect.PAY && !(amount && payee)) {
        without.add(tool.name());
      }
    }
    assertThat(without).isEqualTo(PAY_UNNAMED.keySet());
  }

  @Test
  void onlyPaymentsSpend() {
    assertThat(tools.values())
        .filteredOn(tool -> tool.arguments().values().stream().anyMatch(a -> a.spends() != null))
        .isNotEmpty()
        .extracting(ListedTool::effect)
        .containsOnly(Effect.PAY);
  }

  @Test
  void everyEffectIsSteered() {
    assertThat(tools.values())
        .filteredOn(tool -> tool.effect() != Effect.READ)
        .filteredOn(tool -> tool.arguments().values().stream().noneMatch(Argument::steering))
        .extracting(ListedTool::name)
        .containsExactlyInAnyOrderElementsOf(UNSTEERED.keySet());
  }

  @Test
  void aReadIsSteeredByAllItsKeysAndNothingBySwitchesOrProse() {
    tools.forEach(
        (name, tool) ->
            tool.arguments()
                .forEach(
                    (argument, is) -> {
                      boolean points =
                          is.type() != ArgumentType.BOOLEAN && !PROSE.contains(argument);
                      if (tool.effect() == Effect.READ || !points) {
                        assertThat(is.steering()).as(name + "." + argument).isEqualTo(points);
                      }
                    }));
  }

  @Test
  void hardlyAnyResultIsTrusted() {
    assertThat(tools.values())
        .filteredOn(tool -> tool.resultTrust() == ResultTrust.TRUSTED)
        .extracting(ListedTool::name)
        .containsExactlyInAnyOrderElementsOf(TRUSTED);
  }

  @Test
  void everyToolNamesItsSystem() {
    assertThat(tools.values()).isNotEmpty().allMatch(tool -> tool.destination() != null);
  }

  /** The schemas are not part of the project; where they are, each suite is compared with them. */
  @TestFactory
  List<DynamicTest> theManifestFitsTheSchemas() throws IOException {
    // verify names the folder of the traces from the project's root; the schemas lie next to it.
    String traces = System.getenv().getOrDefault("TOLLGATE_TRACES", "../shared/traces/dev");
    Path file = Path.of("..").resolve(traces).normalize().resolveSibling("suites.jsonl.gz");
    if (!Files.exists(file)) {
      String said = "not compared with the schemas: no " + file + " (set TOLLGATE_TRACES)";
      System.out.println("── traces.yaml: " + said);
      return List.of(DynamicTest.dynamicTest(said, () -> assertThat(file).doesNotExist()));
    }
    List<DynamicTest> tests = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (JsonNode suite : lines(file)) {
      Map<String, Set<ArgumentType>> fitting = new TreeMap<>();
      for (JsonNode tool : suite.path("tools")) {
        String name = tool.path("name").asString();
        seen.add(name);
        JsonNode schema = tool.path("input_schema");
        schema
            .path("properties")
            .properties()
            .forEach(one -> fitting.put(name + "." + one.getKey(), types(one.getValue(), schema)));
      }
      seen.addAll(fitting.keySet());
      String of = suite.path("suite").asString() + " " + suite.path("benchmark_version").asString();
      tests.add(DynamicTest.dynamicTest(of, () -> assertDeclared(fitting)));
    }
    tests.add(DynamicTest.dynamicTest("all of it, and no more", () -> assertListed(seen)));
    return tests;
  }

  private void assertDeclared(Map<String, Set<ArgumentType>> fitting) {
    assertThat(fitting).isNotEmpty();
    Map<String, ArgumentType> declared = declared();
    fitting.forEach(
        (name, types) -> {
          if (LEFT_OUT.contains(name)) {
            assertThat(types).as(name + " is left out because no type fits").isEmpty();
            assertThat(declared).doesNotContainKey(name);
          } else {
            assertThat(declared.get(name)).as(name).isNotNull().isIn(types);
          }
        });
  }

  private void assertListed(Set<String> seen) {
    Set<String> listed = new TreeSet<>(tools.keySet());
    listed.addAll(declared().keySet());
    listed.addAll(LEFT_OUT);
    assertThat(listed).isEqualTo(seen);
  }

  private Map<String, ArgumentType> declared() {
    Map<String, ArgumentType> declared = new TreeMap<>();
    tools.forEach(
        (tool, listed) ->
            listed.arguments().forEach((name, is) -> declared.put(tool + "." + name, is.type())));
    return declared;
  }

  /** The types that fit a property. A null among the choices is an argument left away. */
  private static Set<ArgumentType> types(JsonNode property, JsonNode schema) {
    if (property.has("$ref")) {
      return types(schema.at(property.get("$ref").asString().substring(1)), schema);
    }
    if (property.has("anyOf")) {
      Set<ArgumentType> types = EnumSet.allOf(ArgumentType.class);
      for (JsonNode choice : property.get("anyOf")) {
        if (!choice.path("type").asString("").equals("null")) {
          types.retainAll(types(choice, schema));
        }
      }
      return types;
    }
    return switch (property.path("type").asString("any")) {
      case "any" -> EnumSet.allOf(ArgumentType.class);
      case "string" -> EnumSet.of(ArgumentType.STRING);
      case "integer" -> EnumSet.of(ArgumentType.INTEGER, ArgumentType.DECIMAL);
      case "number" -> EnumSet.of(ArgumentType.DECIMAL);
      case "boolean" -> EnumSet.of(ArgumentType.BOOLEAN);
      case "array" ->
          property.path("items").path("type").asString("").equals("string")
              ? EnumSet.of(ArgumentType.STRINGS)
              : EnumSet.noneOf(ArgumentType.class);
      default -> EnumSet.noneOf(ArgumentType.class);
    };
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(json::readTree)
          .toList();
    }
  }
}
