package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.reason.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deny wins, then needs approval, then permit; no obligation and no revision is ever lost. */
class DecisionTest {
  private static final Obligation SHORT = new Obligation.CapLifetime(Duration.ofSeconds(5));
  private static final Obligation SHORTER = new Obligation.CapLifetime(Duration.ofSeconds(2));

  private static List<Decision> all(String revision, Obligation obligation) {
    Basis basis = new Basis("d", revision, List.of());
    return List.of(
        new Decision.Permit(basis, List.of()),
        new Decision.Permit(basis, List.of(obligation)),
        new Decision.NeedsApproval(basis, List.of()),
        new Decision.NeedsApproval(basis, List.of(obligation)),
        new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN));
  }

  private static int strictness(Decision decision) {
    return List.of("permit", "needs_approval", "deny").indexOf(decision.outcome());
  }

  @Test
  void everyPair() {
    int pairs = 0;
    for (String left : List.of("", "r1")) {
      for (String right : List.of("", "r1")) {
        for (Decision a : all(left, SHORT)) {
          for (Decision b : all(right, SHORTER)) {
            check(a, b, a.and(b));
            pairs++;
          }
        }
      }
    }
    assertThat(pairs).isEqualTo(100);
  }

  private static void check(Decision a, Decision b, Decision both) {
    assertThat(strictness(both)).isEqualTo(Math.max(strictness(a), strictness(b)));
    if (both instanceof Decision.Deny) {
      assertThat(both).isSameAs(a instanceof Decision.Deny ? a : b);
      return;
    }
    List<Obligation> demanded = new ArrayList<>(Decision.obligations(a));
    demanded.addAll(Decision.obligations(b));
    assertThat(Decision.obligations(both)).containsExactlyElementsOf(demanded);
    if (strictness(a) == strictness(b)) {
      String telling = a.basis().revision() + b.basis().revision();
      assertThat(both.basis().revision().isEmpty()).isEqualTo(telling.isEmpty());
    } else {
      Basis stricter = (strictness(a) > strictness(b) ? a : b).basis();
      Basis milder = (strictness(a) > strictness(b) ? b : a).basis();
      String revision = stricter.revision().isEmpty() ? milder.revision() : stricter.revision();
      assertThat(both.basis())
          .isEqualTo(new Basis(stricter.decider(), revision, stricter.policies()));
    }
  }
}
