package dev.tollgate.cedar.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLintTest {
  private static final ToolManifest OFFICE =
      ToolManifest.parse(
          """
          version: tollgate/manifest/v1
          zones:
            corp: [corp.example]
          tools:
            - name: inbox
              effect: read
            - name: pay
              effect: pay
              arguments:
                iban: { type: string, steering: true }
                amount: { type: decimal, steering: true }
                copies: { type: integer }
            - name: fetch
              effect: send
              source: "mcp:web"
              arguments:
                url: { type: string, steering: true, destination: true }
                path: { type: string }
          """,
          "office.yaml");

  /** Speaks of everything, so that a test sees only what it adds. */
  private static final String BASE =
      """
      @id("read") permit (principal, action == Action::"inbox", resource);
      @id("pay") @obligation("approval") permit (principal, action == Action::"pay", resource);
      @id("fetch") @obligation("approval") permit (principal, action == Action::"fetch", resource);
      """;

  @Test
  void aGoodSetHasNoFindings() {
    assertThat(check("")).isEmpty();
  }

  @Test
  void whatDoesNotLoadIsToldWithAllItsPlaces() {
    assertThat(
            found(
                BASE
                    + "@id(\"x\") permit (principal, action == Action::\"inbx\", resource);\n"
                    + "@id(\"y\") forbid (principal, action, resource)\n"
                    + "when { context.intent.sauce == \"human\" };\n"))
        .containsExactly(
            "does-not-load set.cedar:4 x there is no tool or group Action::\"inbx\"; did you mean"
                + " `inbox`?",
            "does-not-load set.cedar:6 y `context.intent` has no attribute `sauce`; did you mean"
                + " `source`?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.args has iban && context.args.iban == \"a\" && context.args.iban == \"b\"",
        "context.args has iban && context.args.iban == \"a\" && !(context.args.iban like \"a*\")",
        "context.args has iban && [\"a\", \"b\"].contains(context.args.iban) && context.args.iban"
            + " like \"c*\"",
        "context.args has copies && context.args.copies > 5 && 3 > context.args.copies",
        "context.args has copies && context.args.copies > 5 && context.args.copies < 6",
        "context.args has copies && context.args.copies == 5 && context.args.copies != 5",
        "context.args has amount && context.args.amount.lessThan(decimal(\"1.0\")) &&"
            + " context.args.amount.greaterThanOrEqual(decimal(\"1.0\"))",
        "context.tool.listed && context.tool.listed == false",
        "context.sequence.effects.contains(\"pay\") && !context.sequence.effects.containsAny([\"pay\","
            + " \"send\"])",
        "context.intent.source == \"human\" && context.intent.source != \"human\"",
        "context.intent.source != \"human\" && context.intent.source != \"operator\" &&"
            + " context.intent.source != \"event\"",
        "context.time.hour > 20 && (context.time.hour < 8 || context.time.hour == 12)",
        "if context.tool.listed then context.time.hour < 3 && context.time.hour > 3 else"
            + " context.time.minute < 3 && context.time.minute > 3",
        "principal in AgentGroup::\"a\" && !(principal in AgentGroup::\"a\")"
      })
  void aConditionThatContradictsItselfIsFound(String condition) {
    assertThat(
            found(
                BASE
                    + "@id(\"x\") forbid (principal, action == Action::\"pay\", resource)\nwhen {"
                    + condition
                    + "};"))
        .containsExactly(
            "never-matches set.cedar:4 x never applies: its conditions contradict each other, so it"
                + " forbids nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.args has copies && context.args.copies > 5 && context.args.copies < 7",
        "context.args has amount && context.args.amount.greaterThan(decimal(\"0.9999\")) &&"
            + " context.args.amount.lessThanOrEqual(decimal(\"1.0\"))",
        "context.intent.source != \"human\" && context.intent.source != \"operator\"",
        "context.sequence.effects.contains(\"pay\") && !context.sequence.effects.contains(\"send\")",
        "context.time.hour > 20 || context.time.hour < 8",
        "principal in AgentGroup::\"a\" && !(principal in AgentGroup::\"b\")"
      })
  void aConditionThatCanHoldIsNot(String condition) {
    assertThat(
            found(
                BASE.replace("\"pay\", resource)", "\"pay\", resource) when { " + condition + "}")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.tool.effect == \"raed\"",
        "context.tool.effect != \"raed\"",
        "[\"read\", \"raed\"].contains(context.tool.effect)",
        "context.sequence.effects.contains(\"raed\")",
        "context.sequence.trust.containsAny([\"trusted\", \"raed\"])",
        "context.sequence.zones.contains(\"raed\")",
        "context.intent.source == \"raed\" || context.intent.source == \"human\""
      })
  void aValueThatAnAttributeNeverHasIsFound(String condition) {
    assertThat(
            found(
                BASE
                    + "@id(\"x\") forbid (principal, action, resource)\nwhen {"
                    + condition
                    + "};"))
        .singleElement()
        .asString()
        .startsWith("impossible-value set.cedar:5 x `")
        .endsWith("never is or holds \"raed\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"context.time.hour == 24", "context.time.weekday < 1", "context.time.hour >= 24"})
  void aNumberThatAnAttributeNeverReachesIsFound(String condition) {
    assertThat(
            found(
                BASE
                    + "@id(\"x\") forbid (principal, action, resource)\nwhen {"
                    + condition
                    + "};"))
        .singleElement()
        .asString()
        .startsWith("impossible-value set.cedar:4 x ");
  }

  @Test
  void aPermitThatAForbidAlwaysOutvotesIsFound() {
    String forbid = "@id(\"no\") forbid (principal, action == Action::\"inbox\", resource)";
    assertThat(found(BASE + forbid + ";"))
        .containsExactly(
            "shadowed set.cedar:1 read never permits anything: \"no\" (set.cedar:4) forbids all of"
                + " it");
    assertThat(found(BASE + forbid + " when { context.tool.listed };")).isEmpty();
    assertThat(found(BASE + forbid.replace("principal", "principal in AgentGroup::\"a\"") + ";"))
        .isEmpty();
  }

  @Test
  void aPermitWhoseConditionsAreThoseOfAForbidIsFound() {
    String both =
        """
        @id("p") permit (principal, action == Action::"inbox", resource)
        when { context.tool.listed && context.time.hour > 8 };
        @id("f") forbid (principal, action in [Action::"inbox", Action::"pay"], resource)
        unless { context.time.hour <= 8 };
        """;
    assertThat(found(BASE + both))
        .contains(
            "shadowed set.cedar:4 p never permits anything: \"f\" (set.cedar:6) forbids all of it");
  }

  @Test
  void theEffectInTheManifestProvesNothingBecauseAServerMayRaiseIt() {
    assertThat(
            found(
                BASE
                    + "@id(\"no\") forbid (principal, action in Action::\"effect:read\", resource);"))
        .isEmpty();
    assertThat(
            found(
                BASE
                    + "@id(\"no\") forbid (principal, action in Action::\"source:mcp:web\", resource);"))
        .containsExactly(
            "shadowed set.cedar:3 fetch never permits anything: \"no\" (set.cedar:4) forbids all of"
                + " it");
  }

  @Test
  void aPolicyThatChangesNothingBesideAnotherIsFound() {
    assertThat(
            found(
                BASE
                    + "@id(\"again\") permit (principal is Agent, action == Action::\"inbox\", resource)"
                    + " when { context.tool.listed };"))
        .containsExactly(
            "redundant set.cedar:4 again changes nothing: whenever it applies, \"read\""
                + " (set.cedar:1) does too");
  }

  @Test
  void ofTwinsTheLaterIsTheCopy() {
    assertThat(
            found(
                BASE
                    + "@id(\"twin\") permit (principal, action in [Action::\"inbox\"], resource);"))
        .containsExactly(
            "redundant set.cedar:4 twin changes nothing: whenever it applies, \"read\""
                + " (set.cedar:1) does too");
  }

  @Test
  void aPermitThatDemandsMoreIsNotPointlessButTheOneBesideItIs() {
    assertThat(
            found(
                BASE
                    + "@id(\"short\") @obligation(\"cap_lifetime:5\")"
                    + " permit (principal, action == Action::\"inbox\", resource);"))
        .containsExactly(
            "redundant set.cedar:1 read changes nothing: whenever it applies, \"short\""
                + " (set.cedar:4) does too");
  }

  @Test
  void toolsAndSteeringArgumentsThatNoPolicySpeaksOfAreFound() {
    assertThat(
            found(
                """
                @id("pay") permit (principal, action == Action::"pay", resource)
                when { context.args has amount && context.args.amount.lessThan(decimal("9.0")) };
                @id("fetch") permit (principal, action == Action::"fetch", resource)
                when { context has destination && context.destination has declared };
                """))
        .containsExactly(
            "tool-unspoken set.cedar - no policy speaks of the tool inbox: its calls are always"
                + " denied",
            "argument-unread set.cedar - the tool pay is permitted whatever stands in `iban`, which"
                + " steers what it does");
  }

  @Test
  void whatNobodySuppliesIsFound() {
    assertThat(
            found(
                BASE
                    + """
                    @id("x") forbid (principal, action == Action::"inbox", resource)
                    when { context has destination && context.destination has declared };
                    @id("y") forbid (principal, action == Action::"pay", resource)
                    when { context.sequence.labels.contains("secret") };
                    @id("z") forbid (principal, action == Action::"pay", resource)
                    when { context has endorsement && context.endorsement has effects };
                    """))
        .containsExactly(
            "unsupplied set.cedar:4 x reads `destination.declared`, but no tool it covers says which"
                + " argument names one",
            "unsupplied set.cedar:7 y waits for the label \"secret\", which no policy of the set"
                + " puts",
            "unsupplied set.cedar:8 z reads `endorsement.effects`, which nothing in this version"
                + " supplies");
  }

  @Test
  void aForbidThatACallEscapesByLeavingSomethingOutIsFound() {
    String forbid =
        "@id(\"no\") forbid (principal, action == Action::\"fetch\", resource)\n"
            + "when { context.args has path && context.args.path like \"/etc/*\" };";
    assertThat(found(BASE + forbid))
        .containsExactly(
            "open-when-absent set.cedar:4 no forbids nothing where `args.path` is absent, and"
                + " \"fetch\" (set.cedar:3) permits without it");
    assertThat(
            found(
                BASE.replace(
                        "\"fetch\", resource)",
                        "\"fetch\", resource) when { context.args has path }")
                    + forbid))
        .isEmpty();
    assertThat(
            found(
                BASE
                    + forbid
                    + "\n@id(\"n2\") forbid (principal, action == Action::\"fetch\", resource)"
                    + " unless { context.args has path };"))
        .isEmpty();
  }

  @Test
  void theShapeOfASetIsLookedAt() {
    assertThat(found("// nothing")).singleElement().asString().startsWith("empty set.cedar - ");
    assertThat(found("forbid (principal, action in Action::\"effect:delete\", resource);"))
        .anyMatch(line -> line.startsWith("only-forbids set.cedar - "))
        .anyMatch(line -> line.startsWith("no-id set.cedar:1 set.cedar#1 "))
        .anyMatch(line -> line.startsWith("no-tool set.cedar:1 set.cedar#1 "));
  }

  @Test
  void theAuthorsMayAcceptAWarningButNoError() {
    String all = "permit (principal, action == Action::\"inbox\", resource);\n";
    assertThat(
            found(
                "// check: accept no-id: small\n// check: accept tool-unspoken: all it does\n"
                    + all))
        .isEmpty();
    assertThat(found("// check: accept shadowed: so\n// check: accept empty\n" + BASE))
        .containsExactly(
            "wrong-accept set.cedar:1 - accepts nothing",
            "wrong-accept set.cedar:2 - accepts nothing");
  }

  private static List<Finding> check(String more) {
    return PolicyLint.check(CedarPolicySet.of("set.cedar", BASE + more), OFFICE);
  }

  private static List<String> found(String text) {
    return PolicyLint.check(CedarPolicySet.of("set.cedar", text), OFFICE).stream()
        .map(
            finding ->
                finding.kind().text()
                    + " "
                    + finding.place()
                    + " "
                    + (finding.policy() == null ? "-" : finding.policy())
                    + " "
                    + finding.what())
        .toList();
  }
}
