package dev.tollgate.cedar.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.PolicyAttribute.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicySuiteTest {
  private static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      zones:
        ours: [office.example]
      tools:
        - name: pay
          effect: pay
          arguments:
            amount: { type: decimal, steering: true }
            to: { type: string, destination: true }
        - name: look
          effect: read
          source: "mcp:files"
      """;
  private static final String POLICIES =
      """
      @id("small")
      @obligation("cap_lifetime:30")
      permit (principal in AgentGroup::"office", action == Action::"pay", resource)
      when { context.intent.source == "human" && context.task.calls < 5 }
      unless { context.sequence.trust.contains("untrusted") };

      @id("big")
      forbid (principal, action == Action::"pay", resource)
      when { context.args has amount && context.args.amount.greaterThan(decimal("100.0")) };
      """;
  private static final String HEAD = "manifest: tools.yaml\ncases:\n  - name: one\n";
  private static final String SMALL =
      "    agent: { groups: [office] }\n    tool: pay\n    args: { amount: 7.5 }\n";

  @TempDir private Path folder;

  static Stream<String> shipped() {
    return CedarPolicySet.shippedNames().stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedSetPassesItsCasesAndTheyCoverIt(String name) {
    SuiteReport report = PolicySuite.shipped(name).run();
    assertThat(report.failures()).extracting(CaseResult::told).isEmpty();
    assertThat(report.coverage().uncovered()).isEmpty();
    assertThat(report.results()).isNotEmpty();
    assertThat(report.good(100)).isTrue();
  }

  private SuiteReport run(String cases) throws IOException {
    Files.writeString(folder.resolve("tools.yaml"), MANIFEST);
    Files.writeString(folder.resolve("p.cedar"), POLICIES);
    Files.writeString(folder.resolve("p.cases.yaml"), cases);
    return PolicySuite.folder(folder, null).run();
  }

  @Test
  void aCaseThatIsAsExpectedPasses() throws IOException {
    SuiteReport report =
        run(
            HEAD
                + SMALL
                + "    expect: permit\n    policies: [small]\n    obligations: [\"cap_lifetime:30\"]\n");
    assertThat(report.failures()).isEmpty();
    assertThat(report.results()).hasSize(1);
    assertThat(report.coverage().uncovered()).containsExactly("big");
    assertThat(report.coverage().percent()).isEqualTo(50);
    assertThat(report.good(100)).isFalse();
    assertThat(report.good(50)).isTrue();
    assertThat(report.coverage().notes())
        .anyMatch(
            note ->
                note.endsWith("p.cedar:3: policy \"small\", condition 1 always held")
                    || note.endsWith("policy \"small\", condition 1 always held"))
        .anyMatch(note -> note.endsWith("policy \"big\", condition 1 never held"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expect: deny | outcome: expected deny, was permit",
        "expect: deny\\n    reason: policy_forbidden | reason: expected policy_forbidden, was none",
        "expect: permit\\n    policies: [] | policies: expected [], was [small]",
        "expect: permit\\n    policies: [small, big] | policies: expected [big, small], was [small]",
        "expect: permit\\n    obligations: [] | obligations: expected []",
        "expect: permit\\n    obligations: [\"cap_lifetime:31\"] | obligations: expected",
      })
  void aCaseThatIsNotAsExpectedSaysInWhat(String expected, String difference) throws IOException {
    SuiteReport report = run(HEAD + SMALL + "    " + expected.replace("\\n", "\n") + "\n");
    assertThat(report.failures()).hasSize(1);
    assertThat(report.good(0)).isFalse();
    String told = report.failures().get(0).told();
    assertThat(told).contains("one (" + folder.resolve("p.cases.yaml") + ":3)", difference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task.calls: 5 | deny",
        "task.calls: 4 | permit",
        "intent.source: event | deny",
        "sequence.trust: [trusted] | permit",
        "sequence.trust: [untrusted] | deny",
        "environment: production | permit",
        "provenance.amount: user | permit",
        "destination.zones: [ours] | permit",
      })
  void attributesAreWhatTheCaseSays(String attributes, String outcome) throws IOException {
    assertThat(
            run(HEAD + SMALL + "    attributes: { " + attributes + " }\n    expect: " + outcome)
                .failures())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "    tool: pai\\n    expect: deny | 4: cases[0].tool: | did you mean `pay`?",
        "    tool: look\\n    source: x\\n    expect: deny | 4: cases[0].tool: | unlisted: true",
        "    tool: look\\n    unlisted: true\\n    expect: deny | 4: | lists this tool",
        "    tool: pay\\n    expects: deny | 5: cases[0].expects: | unknown key",
        "    tool: pay\\n    expect: Deny | 5: | must be permit, deny or needs_approval",
        "    tool: pay\\n    expect: deny\\n    reason: policy_forbiden | 6: | did you mean `policy_forbidden`?",
        "    tool: pay\\n    expect: permit\\n    reason: policy_forbidden | 6: | only a deny has a reason",
        "    tool: pay\\n    expect: permit\\n    policies: [smal] | 6: | did you mean `small`?",
        "    tool: pay\\n    expect: permit\\n    obligations: [approval] | 6: | expect: needs_approval",
        "    tool: pay\\n    args: { amuont: 1 }\\n    expect: permit | 5: | did you mean `amount`?",
        "    tool: pay\\n    args: { amount: \"1\" }\\n    expect: permit | 5: | must be of type decimal",
        "    tool: pay\\n    args: { amount: 1e400 }\\n    expect: permit | 5: | number that JSON can hold",
        "    tool: pay\\n    attributes: { task.cals: 1 }\\n    expect: permit | 5: | did you mean `task.calls`?",
        "    tool: pay\\n    attributes: { task.calls: \"1\" }\\n    expect: permit | 5: | must be a whole number",
        "    tool: pay\\n    attributes: { task.calls: 1.5 }\\n    expect: permit | 5: | must be a whole number",
        "    tool: pay\\n    attributes: { tool.effect: read }\\n    expect: permit | 5: | comes from the manifest",
        "    tool: pay\\n    attributes: { provenance.amont: user }\\n    expect: permit | 5: | did you mean `amount`?",
        "    tool: pay\\n    attributes: { delegation.depth: 2 }\\n    expect: permit | 5: | delegation.root is missing",
        "    tool: pay\\n    agent: { name: x }\\n    expect: permit | 5: | unknown key",
        "    tool: pay\\n    at: noon\\n    expect: permit | | must be a time such as",
        "    tool: pay | 3: | is missing",
      })
  void whatIsWrittenWrongIsRefusedWithItsLine(String rest, String line, String why) {
    assertThatThrownBy(
            () -> run(HEAD + rest.replace("\\n", "\n").replaceFirst("^(?=tool)", "    ")))
        .isInstanceOf(CaseFileException.class)
        .hasMessageContaining(line == null ? "" : "p.cases.yaml:" + line)
        .hasMessageContaining(why);
  }

  @Test
  void theDestinationIsWhatTheGateMakesOfTheArguments() throws IOException {
    Files.writeString(
        folder.resolve("q.cedar"),
        """
        @id("ours")
        permit (principal, action == Action::"pay", resource)
        when { context has destination && context.destination has declared &&
               context.destination.declared.contains("office.example") };
        """);
    String args = "    tool: pay\n    args: { to: HOST }\n    expect: ";
    assertThat(run(HEAD + args.replace("HOST", "office.example") + "permit").failures()).isEmpty();
    assertThat(run(HEAD + args.replace("HOST", "evil.example") + "deny").failures()).isEmpty();
  }

  @Test
  void aManifestMayStandInTheFile() throws IOException {
    String inline = "manifest:\n  " + MANIFEST.strip().replace("\n", "\n  ") + "\n";
    assertThat(
            run(inline + HEAD.replaceFirst(".*\n", "") + SMALL + "    expect: permit").failures())
        .isEmpty();
    assertThatThrownBy(
            () -> run(inline.replace("effect: pay", "effect: paay") + HEAD.substring(21)))
        .isInstanceOf(CaseFileException.class)
        .hasMessageContaining("p.cases.yaml:7: manifest.tools[0].effect: must be one of");
  }

  @Test
  void casesWithoutAManifestAreRefused() {
    assertThatThrownBy(() -> run("cases: [{ name: x, tool: pay, expect: deny }]"))
        .isInstanceOf(CaseFileException.class)
        .hasMessageContaining("p.cases.yaml:1: name a manifest");
  }

  @Test
  void casesMayLieInAFolderOfTheirOwn() throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve(folder.getFileName() + ".manifest.yaml"), MANIFEST);
    Files.writeString(folder.resolve("p.cedar"), POLICIES);
    Files.writeString(
        folder.resolve("tests/a.yaml"),
        HEAD.replaceFirst(".*\n", "") + SMALL + "    expect: permit");
    assertThat(PolicySuite.folder(folder, null).run().results()).hasSize(1);
  }

  @Test
  void aSetWithoutCasesIsNotGood() throws IOException {
    Files.writeString(folder.resolve("p.cedar"), POLICIES);
    assertThat(PolicySuite.folder(folder, null).run().good(0)).isFalse();
  }

  @Test
  void aSetThatDoesNotLoadIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("bad.cedar"), "permit (principal, action == Action::\"x\", resource);");
    assertThatThrownBy(() -> run(HEAD + "    tool: pay\n    expect: deny"))
        .isInstanceOf(CedarPolicyException.class);
  }

  @Test
  void everythingThatIsAlwaysThereHasADefault() throws IOException {
    run(HEAD + "    tool: pay\n    expect: deny");
    PolicyCase one = PolicySuite.folder(folder, null).files().get(0).cases().get(0);
    Set<String> absent =
        AttributeCatalogue.ALL.stream()
            .filter(a -> a.presence() == Presence.ALWAYS && one.question().attribute(a) == null)
            .map(a -> a.path())
            .collect(java.util.stream.Collectors.toSet());
    assertThat(absent).isEmpty();
  }
}
