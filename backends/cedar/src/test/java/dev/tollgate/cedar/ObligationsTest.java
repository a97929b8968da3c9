package dev.tollgate.cedar;

import static dev.tollgate.cedar.Office.call;
import static dev.tollgate.cedar.Office.decide;
import static dev.tollgate.cedar.Office.outcome;
import static dev.tollgate.cedar.Office.policies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.Approved;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What annotations of a permit demand, and what policies read of approvals, budgets and labels. */
class ObligationsTest {
  private static Decision demanding(String obligation) {
    return decide(
        "@obligation(\"" + obligation + "\") permit(principal, action, resource);",
        "mail_inbox",
        "{}");
  }

  @Test
  void eachWordOfTheGrammarIsAnObligation() {
    Decision decision =
        demanding(
            "cap_lifetime:30, narrow_scope:mail:read https://x.example/a+b , label:bank-data,"
                + "mask:iban größe");
    assertThat(decision.outcome()).isEqualTo("permit");
    assertThat(Decision.obligations(decision))
        .containsExactly(
            new Obligation.CapLifetime(Duration.ofSeconds(30)),
            new Obligation.NarrowScope(Set.of("mail:read", "https://x.example/a+b")),
            new Obligation.AddLabel("bank-data"),
            new Obligation.MaskResult(Set.of("iban", "größe")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"approval:role:treasurer", "label:a,approval:role:treasurer"})
  void aRoleDemandsAnApprovalWithoutSayingSo(String obligation) {
    Decision decision = demanding(obligation);
    assertThat(decision.outcome()).isEqualTo("needs_approval");
    assertThat(Decision.obligations(decision)).contains(new Obligation.ApprovedByRole("treasurer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "approval,",
        "Approval",
        "approval:",
        "approval:role",
        "approval:role:",
        "approval:role:Treasurer",
        "approval:role:a b",
        "approval:others",
        "cap_lifetime:0",
        "cap_lifetime:-1",
        "cap_lifetime:1.5",
        "cap_lifetime:9999999",
        "narrow_scope",
        "narrow_scope:",
        "narrow_scope: a",
        "narrow_scope:a  b",
        "narrow_scope:a\\tb",
        "label:",
        "label:Ä",
        "label:a b",
        "mask:",
        "mask:a  b",
        "mask:\\u{202e}x",
        "mask",
        "redact:iban"
      })
  void aMistypedOneIsUnknownAndSoADeny(String obligation) {
    assertThat(Decision.obligations(demanding(obligation)))
        .anyMatch(Obligation.Unknown.class::isInstance);
  }

  @Test
  void allPermitsThatCarryTheDecisionHaveTheirSayAndTheirReason() {
    Decision decision =
        decide(
            """
            @id("b") @reason("mail is personal") @obligation("label:personal")
            permit(principal, action, resource);
            @id("a") @reason("mail is personal") @obligation("approval:role:clerk")
            permit(principal, action == Action::"mail_inbox", resource);
            @id("c") @obligation("mask:body")
            permit(principal, action == Action::"mail_inbox", resource);
            @id("d") @reason("not this one") @obligation("approval:role:boss")
            permit(principal, action == Action::"bank_pay", resource);
            """,
            "mail_inbox",
            "{}");
    assertThat(decision.outcome()).isEqualTo("needs_approval");
    assertThat(Decision.obligations(decision))
        .extracting(Obligation::text)
        .containsExactly("approval:role:clerk", "label:personal", "mask:body");
    assertThat(decision.basis().policies()).containsExactly("a", "b", "c");
    assertThat(decision.basis().reasons()).containsExactly("mail is personal");
  }

  @Test
  void aForbidSaysWhyToo() {
    Decision decision =
        decide(
            "permit(principal, action, resource);"
                + "@id(\"no\") @reason(\"closed on Mondays\") forbid(principal, action, resource);",
            "mail_inbox",
            "{}");
    assertThat(decision.basis().reasons()).containsExactly("closed on Mondays");
  }

  private static PolicyRequest with(CallFacts facts) {
    PolicyRequest plain = call("mail_inbox", "{}");
    return new PolicyRequest(
        plain.callId(), plain.task(), plain.tool(), plain.arguments(), plain.at(), facts);
  }

  @Test
  void aPolicyReadsWhoApprovedTheCallAndInWhichRoles() {
    CedarPolicyDecisionPoint set =
        policies(
            """
            permit(principal, action, resource)
            when { context has approval && context.approval.roles.contains("treasurer") };
            forbid(principal, action, resource)
            when { context has approval && context.approval.approver == "mallory" };
            """);
    assertThat(outcome(decide(set, with(approved("bob", "treasurer", "cfo"))))).isEqualTo("permit");
    assertThat(outcome(decide(set, with(approved("bob", "cfo")))))
        .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(outcome(decide(set, with(approved("mallory", "treasurer")))))
        .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(outcome(decide(set, with(CallFacts.NONE)))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
  }

  private static CallFacts approved(String by, String... roles) {
    return new CallFacts() {
      @Override
      public Approved approval() {
        return new Approved(by, Set.of(roles));
      }
    };
  }

  @Test
  void aPolicyReadsWhatIsLeftAndAStoreThatFailsDenies() {
    CedarPolicyDecisionPoint set =
        policies(
            """
            permit(principal, action, resource)
            unless { context has budget && context.budget has calls && context.budget.calls < 3 };
            """);
    assertThat(outcome(decide(set, with(left(3L))))).isEqualTo("permit");
    assertThat(outcome(decide(set, with(left(2L))))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(outcome(decide(set, with(left(null))))).isEqualTo("permit");
    CallFacts down =
        new CallFacts() {
          @Override
          public @Nullable Long callsLeft() {
            throw new StateException("down");
          }
        };
    assertThat(outcome(decide(set, with(down)))).isEqualTo(ReasonCode.POLICY_ERROR);
  }

  private static CallFacts left(@Nullable Long calls) {
    return new CallFacts() {
      @Override
      public @Nullable Long callsLeft() {
        return calls;
      }
    };
  }

  @Test
  void aPolicyReadsTheLabelsThatAnotherHasPut() {
    CedarPolicyDecisionPoint set =
        policies(
            """
            permit(principal, action, resource)
            unless { context.sequence.labels.contains("bank-data") };
            """);
    PolicyRequest request = call("mail_send", "{}");
    assertThat(outcome(decide(set, request))).isEqualTo("permit");
    request.task().life().sequence().labelled("bank-data");
    assertThat(outcome(decide(set, request))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(List.copyOf(request.task().life().sequence().labels())).containsExactly("bank-data");
  }
}
