package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.reason.ReasonCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shadow set speaks and decides nothing. */
class ShadowedDecisionPointTest {
  private static final Obligation SHORT = new Obligation.CapLifetime(Duration.ofSeconds(5));

  @Test
  void whereItAgreesNothingIsDifferent() {
    PolicyDecisionPoint shadowed =
        new ShadowedDecisionPoint(Asked.permitting("r1"), Asked.permitting("s1", SHORT));
    assertThat(Asked.decide(shadowed)).isEqualTo(Asked.decide(Asked.permitting("r1")));
    assertThat(shadowed.revision()).isEqualTo("r1");
  }

  @Test
  void whereItWouldDenyTheDecisionStandsAndSaysSo() {
    Decision decision =
        Asked.decide(new ShadowedDecisionPoint(Asked.permitting("r1"), Asked.forbidding("s1")));
    assertThat(decision.outcome()).isEqualTo("permit");
    assertThat(decision.basis().revision()).isEqualTo("r1");
    assertThat(decision.basis().dissent())
        .isEqualTo(new Dissent("s1", "deny", "policy_forbidden", List.of("f-s1")));
  }

  @Test
  void whereItWouldPermitTheDenyStandsAndSaysSo() {
    PolicyDecisionPoint shadowed =
        new ShadowedDecisionPoint(Asked.forbidding("r1"), Asked.permitting("s1"));
    assertThat(Asked.denied(shadowed)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(Asked.decide(shadowed).basis().dissent())
        .isEqualTo(new Dissent("s1", "permit", "", List.of("p-s1")));
  }

  @Test
  void anotherReasonForTheSameDenyIsADissent() {
    Decision none = new Decision.Deny(Asked.basis("s1"), ReasonCode.POLICY_NO_PERMIT);
    Decision decision =
        Asked.decide(new ShadowedDecisionPoint(Asked.forbidding("r1"), Asked.always(none)));
    assertThat(decision.basis().dissent())
        .isEqualTo(new Dissent("s1", "deny", "policy_no_permit", List.of()));
  }

  @Test
  void howeverItFailsTheDecisionStands() {
    PolicyDecisionPoint tooFew =
        new PolicyDecisionPoint() {
          @Override
          public List<Decision> decide(List<PolicyRequest> requests) {
            return List.of();
          }

          @Override
          public String revision() {
            return "s1";
          }

          @Override
          public String name() {
            return "short";
          }
        };
    for (PolicyDecisionPoint shadow : List.of(Asked.failing("s1"), tooFew)) {
      Decision decision = Asked.decide(new ShadowedDecisionPoint(Asked.permitting("r1"), shadow));
      assertThat(decision.outcome()).isEqualTo("permit");
      assertThat(decision.basis().dissent()).extracting(Dissent::outcome).isEqualTo("deny");
    }
  }

  @Test
  void theDecisionThatCountsIsDistrustedAsEver() {
    assertThat(Asked.denied(new ShadowedDecisionPoint(Asked.failing("r1"), Asked.permitting("s1"))))
        .isEqualTo(ReasonCode.POLICY_ERROR);
    assertThat(
            Asked.denied(
                new ShadowedDecisionPoint(
                    Asked.permitting("r1", new Obligation.Unknown("x")), Asked.permitting("s1"))))
        .isEqualTo(ReasonCode.OBLIGATION_UNKNOWN);
  }

  @Test
  void everyAnswerIsToldOf() {
    List<String> told = new ArrayList<>();
    ShadowedDecisionPoint shadowed =
        new ShadowedDecisionPoint(Asked.permitting("r1"), Asked.forbidding("s1"));
    shadowed.listen(
        new PolicyListener() {
          @Override
          public void reloaded(Change change) {}

          @Override
          public void reloadFailed(String problem) {}

          @Override
          public void cacheLost(String tool) {}

          @Override
          public void shadowed(boolean agrees, String from, String to) {
            told.add(agrees + " " + from + " " + to);
          }
        });
    Asked.decide(shadowed);
    assertThat(told).containsExactly("false permit deny");
  }

  /** A fact that was not handed on would make the shadow decide on less than it is told. */
  @Test
  void itKnowsEveryFactThatThePoliciesInForceKnow() {
    for (Method fact : CallFacts.class.getDeclaredMethods()) {
      if (!Modifier.isStatic(fact.getModifiers())) {
        assertThat(OverheardFacts.class.getDeclaredMethods())
            .extracting(Method::getName)
            .contains(fact.getName());
      }
    }
  }

  @Test
  void readingAnApprovalIsLeftToThePoliciesInForce() {
    for (String read : new String[] {"", "a-1"}) {
      CallFacts facts =
          new CallFacts() {
            @Override
            public Approved approval() {
              return new Approved("bob", Set.of());
            }

            @Override
            public @Nullable String approvalRead() {
              return read.isEmpty() ? null : read;
            }
          };
      assertThat(new OverheardFacts(facts).approval() != null).isEqualTo(!read.isEmpty());
    }
  }

  @Test
  void aDissentSurvivesWhatTheDecisionIsCombinedWith() {
    Dissent dissent = new Dissent("s1", "deny", "policy_forbidden", List.of());
    Basis basis = Asked.basis("r1").but(dissent);
    List<Decision> dissented =
        List.of(
            Decision.permit(basis),
            new Decision.NeedsApproval(basis, List.of()),
            new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN));
    List<Decision> others =
        List.of(
            Decision.permit(Basis.of("gate")),
            new Decision.NeedsApproval(Basis.of("guard"), List.of(SHORT)),
            Decision.deny("guard", ReasonCode.LOOP_DETECTED));
    for (Decision one : dissented) {
      for (Decision other : others) {
        assertThat(one.and(other).basis().dissent()).isEqualTo(dissent);
        assertThat(other.and(one).basis().dissent()).isEqualTo(dissent);
      }
    }
  }
}
