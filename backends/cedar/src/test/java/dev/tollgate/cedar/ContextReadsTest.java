package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextReadsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | ",
        "context.environment == \"x\" | environment",
        "context.args has to | args.to",
        "context has task.id | task task.id",
        "if context.tool.listed then context.time.hour > 1 else true | tool.listed time.hour",
        "{\"a\": context.task.id}.a == \"x\" | task.id",
        "[context.subject.id].contains(context[\"subject\"][\"tenant\"]) | subject.id subject.tenant",
        "context.subject == {\"id\": \"a\", \"tenant\": \"b\"} | subject",
        "context.args has cc && context.args.cc.contains(\"x\") | args.cc",
        "context.args has a.b && context.args.a.b.c > 1 | args.a args.a.b args.a.b.c",
        "!(context.args has to && context.args.to like \"*x*\") | args.to",
      })
  void findsWhatAPolicyReads(String condition, @org.jspecify.annotations.Nullable String paths) {
    ContextReads reads = reads(condition);
    assertThat(reads.everything()).isFalse();
    assertThat(reads.paths().stream().map(ContextReads.Path::toString).distinct())
        .containsExactlyInAnyOrder(paths == null ? new String[0] : paths.split(" ", -1));
  }

  @Test
  void sendsEverythingWhereItCannotFollow() {
    ContextReads reads = reads("(if true then context else context).environment == \"x\"");
    assertThat(reads.everything()).isTrue();
    assertThat(reads.reads("time", "hour")).isTrue();
  }

  @Test
  void aSliceReadsWhatItsOwnPoliciesRead() {
    CedarPolicyDecisionPoint pdp =
        Office.policies(
            """
            permit(principal, action == Action::"bank_pay", resource)
            when { context.args has amount && context.task.ageSeconds < 60 };
            permit(principal, action == Action::"mail_send", resource)
            when { context.environment == "production" };
            """);
    assertThat(pdp.slice(Office.tool("bank_pay")).reads().paths().stream().map(Object::toString))
        .containsExactlyInAnyOrder("args.amount", "task.ageSeconds");
    assertThat(pdp.slice(Office.tool("mail_send")).reads().paths().stream().map(Object::toString))
        .containsExactly("environment");
    assertThat(pdp.slice(Office.tool("mail_inbox")).reads().paths()).isEmpty();
  }

  @Test
  void whoAsksOnlyWhetherARecordIsThereIsNotSentItsMembers() {
    ContextReads reads = reads("context has destination && context.destination has zones");
    assertThat(reads.readsAnyOf("destination")).isTrue();
    assertThat(reads.reads("destination", "zones")).isTrue();
    assertThat(reads.reads("destination", "declared")).isFalse();
    assertThat(reads("context.subject == context.subject").reads("subject", "id")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context has destination",
        "context has destination && !(context.destination has zones)",
        "context has destination && !(context.destination has within)",
      })
  void aRecordIsThereAlsoIfOnlyAMemberIsThatNoPolicyReads(String condition) {
    CedarPolicyDecisionPoint pdp =
        Office.policies(
            "permit(principal, action == Action::\"mail_send\", resource);\n"
                + "forbid(principal, action == Action::\"mail_send\", resource) when { "
                + condition
                + " };");
    DeclaredDestination two =
        new DeclaredDestination(Set.of("a.example", "b.test"), Set.of(), Set.of());
    assertThat(Office.outcome(Office.decide(pdp, sending(two))))
        .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(Office.outcome(Office.decide(pdp, sending(DeclaredDestination.NONE))))
        .isEqualTo("permit");
  }

  private static PolicyRequest sending(DeclaredDestination to) {
    PolicyRequest call = Office.call("mail_send", "{}");
    return new PolicyRequest(
        call.callId(),
        call.task(),
        call.tool(),
        call.arguments(),
        call.at(),
        new CallFacts() {
          @Override
          public DeclaredDestination destination() {
            return to;
          }
        });
  }

  @Test
  void theSchemaOfASliceHasOnlyTheGroupsThatItsPoliciesName() {
    CedarPolicyDecisionPoint pdp =
        Office.policies(
            """
            permit(principal, action == Action::"bank_pay", resource)
            when { action in Action::"effect:pay" };
            permit(principal, action == Action::"mail_send", resource);
            """);
    assertThat(schema(pdp, "bank_pay")).contains("action \"effect:pay\";");
    assertThat(schema(pdp, "mail_send")).doesNotContain("effect:");
    assertThat(Office.decide(pdp, Office.call("bank_pay", "{}")).outcome()).isEqualTo("permit");
  }

  private static String schema(CedarPolicyDecisionPoint pdp, String tool) {
    return pdp.slice(Office.tool(tool)).keptSchema().schemaText.orElseThrow();
  }

  private static ContextReads reads(String condition) {
    String text =
        "permit(principal, action == Action::\"mail_send\", resource) when {" + condition + "};";
    return PolicyReader.read(java.util.List.of(new PolicySource("x", text))).get(0).reads();
  }
}
