package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A start goes through everything once before the policies are known. */
class RehearsedStartTest {

  @Test
  void whatIsRehearsedIsNotInForce() {
    CedarPolicyProvider provider = new CedarPolicyProvider();
    assertThatCode(() -> provider.rehearse(Office.MANIFEST)).doesNotThrowAnyException();
    PolicyDecisionPoint none =
        provider.create(new Settings(Map.of("tollgate.policy.set", "none")), Office.MANIFEST);
    LoadedPolicies alone = LoadedPolicies.load(CedarPolicySet.shipped("none"), Office.MANIFEST);
    assertThat(((CedarPolicyDecisionPoint) none).policies().policies()).isEqualTo(alone.policies());
    assertThat(none.revision()).isEqualTo(alone.revision());
  }
}
