package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What lies under a ceiling can only narrow. */
class CeilingDecisionPointTest {
  private static final Obligation SHORT = new Obligation.CapLifetime(Duration.ofSeconds(5));
  private static final Obligation OTHER = new Obligation.CapLifetime(Duration.ofSeconds(9));

  @Test
  void whatItForbidsStaysForbiddenWhateverIsBelow() {
    PolicyDecisionPoint both =
        new CeilingDecisionPoint(Asked.forbidding("c1"), Asked.permitting("r1"));
    assertThat(Asked.denied(both)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(Asked.decide(both).basis())
        .isEqualTo(new Basis("ceiling", "c1/r1", List.of("ceiling:f-c1")));
  }

  @Test
  void whatIsBelowMayForbidMore() {
    PolicyDecisionPoint both =
        new CeilingDecisionPoint(Asked.permitting("c1"), Asked.forbidding("r1"));
    assertThat(Asked.denied(both)).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(Asked.decide(both).basis()).isEqualTo(new Basis("fixed", "c1/r1", List.of("f-r1")));
  }

  @Test
  void aPermitOfBothBearsTheDemandsOfBoth() {
    PolicyDecisionPoint both =
        new CeilingDecisionPoint(Asked.permitting("c1", SHORT), Asked.permitting("r1", OTHER));
    assertThat(Asked.decide(both))
        .isEqualTo(
            new Decision.Permit(
                new Basis("fixed", "c1/r1", List.of("p-r1", "ceiling:p-c1")),
                List.of(OTHER, SHORT)));
  }

  @Test
  void itMayWantAPersonToApprove() {
    Decision ask = new Decision.NeedsApproval(Asked.basis("c1", "ask"), List.of(OTHER));
    Decision both =
        Asked.decide(new CeilingDecisionPoint(Asked.always(ask), Asked.permitting("r1")));
    assertThat(both.outcome()).isEqualTo("needs_approval");
    assertThat(both.basis().revision()).isEqualTo("c1/r1");
    assertThat(Decision.obligations(both)).containsExactly(OTHER);
  }

  @Test
  void anErrorInItDenies() {
    PolicyDecisionPoint broken =
        new CeilingDecisionPoint(Asked.failing("c1"), Asked.permitting("r1"));
    assertThat(Asked.denied(broken)).isEqualTo(ReasonCode.POLICY_ERROR);
    PolicyDecisionPoint below =
        new CeilingDecisionPoint(Asked.permitting("c1"), Asked.failing("r1"));
    assertThat(Asked.denied(below)).isEqualTo(ReasonCode.POLICY_ERROR);
  }

  @Test
  void anUnknownDemandOfEitherDenies() {
    Obligation unknown = new Obligation.Unknown("x");
    assertThat(
            Asked.denied(
                new CeilingDecisionPoint(Asked.permitting("c1", unknown), Asked.permitting("r1"))))
        .isEqualTo(ReasonCode.OBLIGATION_UNKNOWN);
    assertThat(
            Asked.denied(
                new CeilingDecisionPoint(Asked.permitting("c1"), Asked.permitting("r1", unknown))))
        .isEqualTo(ReasonCode.OBLIGATION_UNKNOWN);
  }

  @Test
  void itsRevisionChangesWithEitherAndEveryAnswerNamesIt() {
    PolicyDecisionPoint both =
        new CeilingDecisionPoint(Asked.permitting("c1"), Asked.permitting("r1"));
    assertThat(both.revision()).isEqualTo("c1/r1");
    assertThat(Asked.decide(both).basis().revision()).isEqualTo(both.revision());
    assertThat(new CeilingDecisionPoint(Asked.permitting("c2"), Asked.permitting("r1")).revision())
        .isNotEqualTo(both.revision());
    assertThat(new CeilingDecisionPoint(Asked.permitting("c1"), Asked.permitting("r2")).revision())
        .isNotEqualTo(both.revision());
  }

  /** Else the last check would find the call decided under what has just gone stale. */
  @Test
  void anAnswerNamesTheRevisionThatGaveIt() {
    AtomicInteger looked = new AtomicInteger();
    PolicyDecisionPoint changing =
        new PolicyDecisionPoint() {
          @Override
          public List<Decision> decide(List<PolicyRequest> requests) {
            Decision permit = Decision.permit(Asked.basis("c" + looked.getAndIncrement()));
            return requests.stream().map(request -> permit).toList();
          }

          @Override
          public String revision() {
            return "c" + looked.get();
          }

          @Override
          public String name() {
            return "fixed";
          }
        };
    PolicyDecisionPoint both = new CeilingDecisionPoint(changing, Asked.permitting("r1"));
    assertThat(Asked.decide(both).basis().revision()).isEqualTo("c0/r1");
    assertThat(both.revision()).isEqualTo("c1/r1");
    PolicyDecisionPoint denied = new CeilingDecisionPoint(changing, Asked.forbidding("r1"));
    assertThat(Asked.decide(denied).basis().revision()).isEqualTo("c1/r1");
  }

  @Test
  void onlyWhatItLeavesOpenIsAskedBelowAndTheOrderIsKept() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger turn = new AtomicInteger();
    PolicyDecisionPoint everySecond =
        answering("c1", r -> turn.getAndIncrement() % 2 == 0 ? "deny" : "permit");
    PolicyDecisionPoint counting =
        answering(
            "r1",
            r -> {
              asked.incrementAndGet();
              return "permit";
            });
    List<Decision> answers =
        new CeilingDecisionPoint(everySecond, counting)
            .decide(List.of(Asked.REQUEST, Asked.REQUEST, Asked.REQUEST, Asked.REQUEST));
    assertThat(answers)
        .extracting(Decision::outcome)
        .containsExactly("deny", "permit", "deny", "permit");
    assertThat(asked).hasValue(2);
  }

  private static PolicyDecisionPoint answering(
      String revision, java.util.function.Function<PolicyRequest, String> outcome) {
    return new PolicyDecisionPoint() {
      @Override
      public List<Decision> decide(List<PolicyRequest> requests) {
        return requests.stream()
            .map(
                request ->
                    outcome.apply(request).equals("deny")
                        ? new Decision.Deny(Asked.basis(revision), ReasonCode.POLICY_NO_PERMIT)
                        : Decision.permit(Asked.basis(revision)))
            .toList();
      }

      @Override
      public String revision() {
        return revision;
      }

      @Override
      public String name() {
        return "fixed";
      }
    };
  }
}
