package dev.tollgate.cedar;

import static dev.tollgate.cedar.Office.policies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.tool.ToolManifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
  private static final String PAY = "forbid(principal, action == Action::\"bank_pay\", resource)\n";

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("permit(principal, action == Action::\"bank_pya\", resource);", 3, "bank_pay"),
        Arguments.of(
            "permit(principal, action, resource)\nwhen { action == Action::\"bank_pya\" };",
            4,
            "bank_pay"),
        Arguments.of(
            "permit(principal, action in Action::\"effect:raed\", resource);", 3, "effect:read"),
        Arguments.of(PAY + "when { context.args has amuont };", 4, "did you mean `amount`?"),
        Arguments.of(
            PAY + "\nwhen { context.args has amuont && context.args.amuont == 1 };",
            5,
            "did you mean `amount`?"),
        Arguments.of(PAY + "when { context.args[\"ibn\"] == \"\" };", 4, "did you mean `iban`?"),
        Arguments.of(PAY + "when { context.args has to };", 4, "known are amount, copies, iban"),
        Arguments.of(
            PAY + "when { context.args.amount == decimal(\"1.0\") };",
            4,
            "context.args has amount"),
        Arguments.of(
            PAY + "when { context.enviroment == \"x\" };", 4, "did you mean `environment`?"),
        Arguments.of(PAY + "when { context has enviroment };", 4, "did you mean `environment`?"),
        Arguments.of(PAY + "when { context.task.ageSecond > 1 };", 4, "did you mean `ageSeconds`?"),
        Arguments.of(PAY + "when { context.nosuch > 5 };", 4, "known are agent, approval, args"),
        Arguments.of(PAY + "when { context.task.id > 5 };", 4, "expected"),
        Arguments.of(PAY + "when { principal in Group::\"x\" };", 4, "Group"),
        Arguments.of(PAY + "when { false };", 3, "impossible"),
        Arguments.of(PAY + "when { context.environment = \"x\" };", 4, "=="),
        Arguments.of("permit(principal, action, resource)", 3, ""),
        Arguments.of("permit(principal == ?principal, action, resource);", 3, "template"),
        Arguments.of("permit(principal, action, resource) when { \"open };", 3, ""),
        Arguments.of(
            "@obligaton(\"approval\")\npermit(principal, action, resource);",
            3,
            "did you mean `obligation`?"),
        Arguments.of("@obligation(\"approval\")\n" + PAY + ";", 3, "only a permit"),
        Arguments.of("@id(\"\") " + PAY + ";", 3, "@id is empty"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesFileLineAndWhatWasMeant(String policy, int line, String meant) {
    String text = "@id(\"ä\") permit(principal, action, resource); // ; \"\n// ü 😀\n" + policy;
    assertThatThrownBy(() -> policies(text))
        .isInstanceOf(CedarPolicyException.class)
        .message()
        .startsWith("test.cedar:" + line + ": ")
        .contains(meant)
        .hasLineCount(1);
  }

  @Test
  void anArgumentOnlyHasToExistForSomeToolInScope() {
    assertThat(
            policies(
                    "forbid(principal, action, resource) when {"
                        + "context.args has path && context.args.path like \"/etc/*\"};")
                .revision())
        .startsWith("sha256:");
  }

  @Test
  void idsAreUniqueAcrossFiles(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.cedar"), "@id(\"x\") " + PAY + ";");
    Files.writeString(folder.resolve("b.cedar"), "\n@id(\"x\") " + PAY + ";");
    assertThatThrownBy(() -> load(folder))
        .hasMessage("%s/b.cedar:2: the id \"x\" is already used at %s/a.cedar:1", folder, folder);
  }

  @Test
  void refusesAFolderItCannotReadWhole(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> load(folder.resolve("gone"))).hasMessageContaining("no such folder");
    Path deeper = Files.createDirectories(folder.resolve("team"));
    Files.writeString(deeper.resolve("x.CEDAR"), PAY);
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("not below it");
    Files.delete(deeper.resolve("x.CEDAR"));
    Files.write(folder.resolve("latin.cedar"), "// für".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("latin.cedar: is not UTF-8");
  }

  @Test
  void anEmptyFolderDeniesEverything(@TempDir Path folder) {
    assertThat(Office.denied(Office.decide(load(folder), Office.call("mail_inbox", "{}"))))
        .isEqualTo(dev.tollgate.reason.ReasonCode.POLICY_NO_PERMIT);
  }

  @Test
  void theRevisionFollowsPoliciesAndTools() {
    CedarPolicySet set = CedarPolicySet.shipped("permit-all");
    String office = CedarPolicyDecisionPoint.load(set, Office.MANIFEST).revision();
    assertThat(CedarPolicyDecisionPoint.load(set, Office.MANIFEST).revision()).isEqualTo(office);
    assertThat(CedarPolicyDecisionPoint.load(set, ToolManifest.empty()).revision())
        .isNotEqualTo(office);
    assertThat(policies("").revision()).isNotEqualTo(policies("// x").revision());
  }

  @ParameterizedTest
  @ValueSource(strings = {"effect:read", "unlisted", "source:x"})
  void refusesToolNamesThatWouldPassForGroups(String name) {
    assertThatThrownBy(() -> load("{name: '" + name + "', effect: read}"))
        .hasMessageContaining("reserved");
  }

  @Test
  void refusesArgumentNamesThatCedarWouldReadAsItsOwn() {
    assertThatThrownBy(() -> load("{name: x, effect: read, arguments: {__extn: {type: string}}}"))
        .hasMessageContaining("__extn");
  }

  @Test
  void aNameListedTwiceIsNamedWithItsSource() {
    String tools = "{name: x, source: a, effect: read}, {name: x, effect: pay}";
    assertThatThrownBy(() -> load(tools, "forbid(principal, action == Action::\"x\", resource);"))
        .hasMessageContaining("no tool or group Action::\"x\"");
    load(tools, "forbid(principal, action in [Action::\"x@a\", Action::\"x@*\"], resource);");
  }

  @Test
  void strangeNamesSurviveTheSchema() {
    String tools =
        "{name: \"a\\\"b\\\\\\u00fc\", effect: read,"
            + " arguments: {\"w e\\\"ird\": {type: integer}, \"if\": {type: string}}}";
    load(
        tools,
        "forbid(principal, action == Action::\"a\\\"b\\\\ü\", resource) when {"
            + "context.args has \"w e\\\"ird\" && context.args[\"w e\\\"ird\"] > 1};");
  }

  @Test
  void textThatDeceivesTheReaderIsRefusedAndUmlautsAreNot() {
    String path =
        "forbid(principal, action, resource) when {context.args has path && context.args.path like \"%s\"};";
    policies(String.format(path, "/Büro/Привет/*"));
    assertThatThrownBy(() -> policies(String.format(path, "/a\u202e/*")))
        .hasMessageContaining("test.cedar:1: invisible character U+202E");
    assertThatThrownBy(() -> policies("\n// \u2066 harmless"))
        .hasMessageContaining("test.cedar:2: ");
    policies(String.format(path, "/a\\u{202e}/*"));
  }

  private static CedarPolicyDecisionPoint load(Path folder) {
    return CedarPolicyDecisionPoint.load(CedarPolicySet.folder(folder), Office.MANIFEST);
  }

  private static void load(String tools, String... policies) {
    ToolManifest manifest =
        ToolManifest.parse("version: tollgate/manifest/v1\ntools: [" + tools + "]", "m");
    CedarPolicyDecisionPoint.load(
        CedarPolicySet.of("test.cedar", String.join("\n", policies)), manifest);
  }
}
