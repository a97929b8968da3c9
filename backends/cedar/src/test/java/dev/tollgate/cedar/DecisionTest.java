package dev.tollgate.cedar;

import static dev.tollgate.cedar.Office.call;
import static dev.tollgate.cedar.Office.decide;
import static dev.tollgate.cedar.Office.denied;
import static dev.tollgate.cedar.Office.policies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
  private static final String PERMIT = "@id(\"open\") permit(principal, action, resource);\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "principal == Agent::\"assistant\"",
        "principal in AgentGroup::\"office\"",
        "action == Action::\"bank_pay\"",
        "action in Action::\"effect:pay\"",
        "resource == Destination::\"bank\"",
        "context.subject.id == \"alice\"",
        "context.subject.tenant == \"acme\"",
        "context.task.id == \"t-1\"",
        "context.task.ageSeconds == 90",
        "context.intent.source == \"human\"",
        "context.environment == \"production\"",
        "context.tool.effect == \"pay\"",
        "context.tool.sensitivity == \"internal\"",
        "context.tool.listed",
        "context.tool.definition like \"sha256:*\"",
        "context.time.epochSeconds == 1795437296",
        "context.time.hour == 12 && context.time.minute == 34 && context.time.weekday == 1",
        "context.args has amount && context.args.amount == decimal(\"12.5\")",
        "context.args has copies && context.args.copies == -3",
        "context.args has iban && context.args.iban == \"DE\\u{1f600}\\n\"",
      })
  void mapsTheRequest(String condition) {
    String arguments =
        "{\"amount\": 12.5, \"copies\": -3, \"iban\": \"DE😀\\n\", \"more\": [null]}";
    Decision yes =
        decide(
            "permit(principal, action == Action::\"bank_pay\", resource) when {" + condition + "};",
            "bank_pay",
            arguments);
    assertThat(yes.outcome()).isEqualTo("permit");
    Decision no =
        decide(
            PERMIT
                + "forbid(principal, action, resource) unless {"
                + condition
                + "}; forbid(principal, action, resource) when {"
                + condition
                + "};",
            "bank_pay",
            arguments);
    assertThat(no.basis().policies()).containsExactly("test.cedar#3");
  }

  @Test
  void mapsSetsAndBooleansAndSources() {
    String policy =
        """
        permit(principal, action == Action::"mail_send", resource)
        when { context.args has cc && context.args.cc.containsAll(["a", "b"]) }
        when { context.args has urgent && context.args.urgent };
        permit(principal, action in Action::"source:mcp:files", resource);
        """;
    assertThat(
            decide(policy, "mail_send", "{\"cc\":[\"b\",\"a\",\"c\"],\"urgent\":true}").outcome())
        .isEqualTo("permit");
    assertThat(denied(decide(policy, "mail_send", "{\"cc\":[],\"urgent\":true}")))
        .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(decide(policy, "file_write", "{}").outcome()).isEqualTo("permit");
    assertThat(denied(decide(policy, "file_read", "{}"))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
  }

  @ParameterizedTest
  @CsvSource({"5,5.0", "-0.0001,-0.0001", "1e3,1000.0", "99999999999999,99999999999999.0", "0,0.0"})
  void writesDecimalsAsCedarWantsThem(String json, String cedar) {
    assertThat(
            decide(
                    "permit(principal, action == Action::\"bank_pay\", resource) when {"
                        + "context.args has amount && context.args.amount == decimal(\""
                        + cedar
                        + "\")};",
                    "bank_pay",
                    "{\"amount\":" + json + "}")
                .outcome())
        .isEqualTo("permit");
  }

  @Test
  void deniesWithTheReasonAndThePolicies() {
    assertThat(denied(decide("", "mail_inbox", "{}"))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    Decision forbidden =
        decide(
            PERMIT
                + "@id(\"b\") forbid(principal, action, resource);"
                + "@id(\"a\") forbid(principal, action, resource);",
            "mail_inbox",
            "{}");
    assertThat(denied(forbidden)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(forbidden.basis().policies()).containsExactly("a", "b");
    assertThat(forbidden.basis().decider()).isEqualTo("cedar");
    assertThat(forbidden.basis().revision()).startsWith("sha256:");
  }

  @Test
  void aPolicyThatFailsDenies() {
    String policy =
        PERMIT
            + """
            @id("overflow")
            forbid(principal, action == Action::"bank_pay", resource)
            when { context.args has copies && context.args.copies * 9000000000000 > 7 };
            """;
    assertThat(decide(policy, "bank_pay", "{\"copies\":0}").outcome()).isEqualTo("permit");
    Decision failed = decide(policy, "bank_pay", "{\"copies\":9007199254740991}");
    assertThat(denied(failed)).isEqualTo(ReasonCode.POLICY_ERROR);
    assertThat(failed.basis().policies()).containsExactly("overflow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount\":\"12\"}",
        "{\"amount\":1.00001}",
        "{\"amount\":[1]}",
        "{\"amount\":100000000000000}",
        "{\"amount\":{\"__extn\":{\"fn\":\"decimal\",\"arg\":\"1.0\"}}}"
      })
  void anArgumentOfAnotherTypeDeniesIfItIsRead(String arguments) {
    String reading =
        PERMIT
            + "forbid(principal, action, resource) when {"
            + "context.args has amount && context.args.amount.greaterThan(decimal(\"9.0\"))};";
    assertThat(denied(decide(reading, "bank_pay", arguments)))
        .isEqualTo(ReasonCode.ARGUMENT_TYPE_MISMATCH);
    assertThat(decide(PERMIT, "bank_pay", arguments).outcome()).isEqualTo("permit");
  }

  @Test
  void allDeterminingPermitsHaveTheirObligations() {
    String policy =
        PERMIT
            + """
            @obligation("cap_lifetime:30") permit(principal, action in Action::"effect:pay", resource);
            @obligation("approval, cap_lifetime:5")
            permit(principal, action in Action::"effect:send", resource);
            @obligation("approval")
            permit(principal, action == Action::"mail_send", resource) when { context.args has urgent };
            @obligation("cap_lifetime:0") permit(principal, action == Action::"file_read", resource);
            @obligation permit(principal, action == Action::"file_write", resource);
            """;
    assertThat(((Decision.Permit) decide(policy, "bank_pay", "{}")).obligations())
        .containsExactly(new Obligation.CapLifetime(Duration.ofSeconds(30)));
    Decision mail = decide(policy, "mail_send", "{\"urgent\":true}");
    assertThat(((Decision.NeedsApproval) mail).obligations())
        .containsExactly(new Obligation.CapLifetime(Duration.ofSeconds(5)));
    assertThat(mail.basis().policies()).containsExactly("open", "test.cedar#3", "test.cedar#4");
    assertThat(((Decision.Permit) decide(policy, "file_read", "{}")).obligations())
        .containsExactly(new Obligation.Unknown("cap_lifetime:0"));
    assertThat(((Decision.Permit) decide(policy, "file_write", "{}")).obligations())
        .containsExactly(new Obligation.Unknown(""));
  }

  @Test
  void unlistedToolsAreStrangersWhateverTheirName() {
    CedarPolicyDecisionPoint pdp =
        policies(
            """
            permit(principal, action == Action::"mail_send", resource);
            permit(principal, action == Action::"file_write", resource);
            @id("files") permit(principal, action in Action::"source:mcp:files", resource)
            when { !context.tool.listed };
            @id("admin") permit(principal, action in Action::"effect:admin", resource)
            when { resource == Destination::"mcp:lab" };
            """);
    Task task = Office.task(Intent.Source.HUMAN);
    Tool stolen = Office.unlisted("file_write", "mcp:evil");
    assertThat(denied(decide(pdp, call(task, stolen, "{}"))))
        .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(
            decide(pdp, call(task, Office.unlisted("wipe", "mcp:files"), "{\"x\":1}"))
                .basis()
                .policies())
        .containsExactly("files");
    int slices = pdp.slices();
    for (int i = 0; i < 2000; i++) {
      Tool invented = Office.unlisted("tool" + i, "mcp:" + i);
      assertThat(denied(decide(pdp, call(task, invented, "{}"))))
          .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    }
    assertThat(decide(pdp, call(task, Office.unlisted("any", "mcp:lab"), "{}")).basis().policies())
        .containsExactly("admin");
    assertThat(pdp.slices()).isEqualTo(slices);
    assertThat(denied(decide(pdp, call(task, Tool.unknown("mail_send", "mcp:files"), "{}"))))
        .isEqualTo(ReasonCode.TOOL_UNKNOWN);
  }

  @Test
  void aToolListedWithoutASourceIsInTheGroupOfTheOneItComesFrom() {
    CedarPolicyDecisionPoint pdp =
        policies(
            PERMIT
                + "@id(\"f\") forbid(principal, action in Action::\"source:mcp:files\", resource);");
    Tool here = Office.tool("file_read");
    Tool there =
        Office.MANIFEST.describe(
            new dev.tollgate.tool.ToolDefinition("file_read", "", "", "mcp:files"));
    Task task = Office.task(Intent.Source.HUMAN);
    assertThat(decide(pdp, call(task, here, "{}")).outcome()).isEqualTo("permit");
    assertThat(decide(pdp, call(task, there, "{}")).basis().policies()).containsExactly("f");
  }

  @Test
  void aToolOfAnotherManifestDenies() {
    Tool other =
        dev.tollgate.tool.ToolManifest.parse(
                "version: tollgate/manifest/v1\ntools: [{name: bank_pay, effect: read}]", "x")
            .describe(new dev.tollgate.tool.ToolDefinition("bank_pay", "", "", "langchain4j"));
    assertThat(
            denied(decide(policies(PERMIT), call(Office.task(Intent.Source.HUMAN), other, "{}"))))
        .isEqualTo(ReasonCode.POLICY_ERROR);
  }

  @Test
  void aTaskWithoutCallerDenies() {
    Task task = Office.task(Intent.Source.HUMAN);
    Task orphan =
        new Task(
            task.id(),
            task.conversation(),
            null,
            task.agent(),
            task.intent(),
            task.intentDigest(),
            task.environment(),
            task.startedAt(),
            0);
    assertThat(denied(decide(policies(PERMIT), call(orphan, Office.tool("mail_inbox"), "{}"))))
        .isEqualTo(ReasonCode.SUBJECT_MISSING);
  }

  @Test
  void answersEachRequestInOrder() {
    CedarPolicyDecisionPoint pdp =
        policies("permit(principal, action in Action::\"effect:read\", resource);");
    assertThat(
            pdp
                .decide(
                    List.of(
                        call("mail_inbox", "{}"), call("bank_pay", "{}"), call("file_read", "{}")))
                .stream()
                .map(Decision::outcome))
        .containsExactly("permit", "deny", "permit");
  }

  @Test
  void nullIsAnAbsentArgument() {
    String reading =
        PERMIT
            + "forbid(principal, action == Action::\"bank_pay\", resource)"
            + " unless { context.args has amount };";
    assertThat(denied(decide(reading, "bank_pay", "{\"amount\":null}")))
        .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(decide(reading, "bank_pay", "{\"amount\":1}").outcome()).isEqualTo("permit");
  }
}
