package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.task.Intent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several shipped sets as one. */
class SetsTogetherTest {
  private static final String PAYMENTS = "effects, four-eyes-payments";

  static List<String> pairs() {
    List<String> names = List.copyOf(CedarPolicySet.shippedNames());
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        pairs.add(names.get(i) + "," + names.get(j));
      }
    }
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anyTwoLoadTogether(String pair) {
    LoadedPolicies both = LoadedPolicies.load(CedarPolicySet.shipped(pair), Office.MANIFEST);
    Set<String> ids = new HashSet<>();
    for (String one : pair.split(",", -1)) {
      LoadedPolicies alone = LoadedPolicies.load(CedarPolicySet.shipped(one), Office.MANIFEST);
      alone.policies().forEach(policy -> ids.add(policy.id()));
    }
    assertThat(both.policies())
        .extracting(PolicySummary::id)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void allOfThemLoadTogether() {
    String all = String.join(", ", CedarPolicySet.shippedNames());
    assertThat(LoadedPolicies.load(CedarPolicySet.shipped(all), Office.MANIFEST).name())
        .isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "effects, four-eyes-payments         | HUMAN | permit | needs_approval",
        "four-eyes-payments,effects          | EVENT | permit | POLICY_FORBIDDEN",
        // A forbid of one is not outvoted by a permit of the other, in either order.
        "permit-all, read-only-in-production | HUMAN | permit | POLICY_FORBIDDEN",
        "read-only-in-production, permit-all | HUMAN | permit | POLICY_FORBIDDEN",
        // What one permit demands is demanded.
        "permit-all, ask                     | HUMAN | permit | needs_approval",
        "none, effects                       | HUMAN | permit | POLICY_NO_PERMIT",
      })
  void theyDecideAsOneSet(String sets, Intent.Source asked, String reading, String paying) {
    PolicyDecisionPoint pdp = create("tollgate.policy.set", sets);
    assertThat(outcome(pdp, asked, "file_read")).isEqualTo(reading);
    assertThat(outcome(pdp, asked, "bank_pay")).isEqualTo(paying);
  }

  @Test
  void aListIsTakenAsCeilingAndAsShadow() {
    Map<String, String> ceiling =
        Map.of("tollgate.policy.set", "permit-all", "tollgate.policy.ceiling", PAYMENTS);
    PolicyDecisionPoint below = create(ceiling);
    assertThat(outcome(below, Intent.Source.HUMAN, "file_write")).isEqualTo("POLICY_NO_PERMIT");
    assertThat(outcome(below, Intent.Source.HUMAN, "bank_pay")).isEqualTo("needs_approval");
    assertThat(new CedarPolicyProvider().places(new Settings(ceiling))).isEmpty();

    PolicyDecisionPoint watched =
        create(Map.of("tollgate.policy.set", "permit-all", "tollgate.policy.shadow", PAYMENTS));
    Decision decision = decide(watched, Intent.Source.HUMAN, "bank_pay");
    assertThat(decision.outcome()).isEqualTo("permit");
    assertThat(decision.basis().dissent()).isNotNull();
    assertThat(decision.basis().dissent().outcome()).isEqualTo("needs_approval");
    assertThat(decision.basis().dissent().policies())
        .containsExactly("pay-if-somebody-else-approved");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"effects, ofice", "effects,", ",effects", "effects,,ask", "effects ask", ","})
  void aListWithAnythingElseInItIsRefused(String sets) {
    for (String key : List.of("set", "ceiling", "shadow")) {
      Map<String, String> keys =
          key.equals("set")
              ? Map.of("tollgate.policy.set", sets)
              : Map.of("tollgate.policy.set", "none", "tollgate.policy." + key, sets);
      assertThatThrownBy(() -> create(keys))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("tollgate.policy." + key)
          .hasMessageContaining("'" + sets + "'")
          .hasMessageContaining(String.join(", ", CedarPolicySet.shippedNames()));
    }
  }

  @Test
  void aSetThatIsNamedTwiceIsRefused() {
    assertThatThrownBy(() -> create("tollgate.policy.set", "effects, ask, effects"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("effects/effects.cedar is named twice");
  }

  @Test
  void theSameIdInTwoSetsNamesBothPlaces(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("own.cedar"),
        "\n@id(\"read-effects\")\npermit(principal, action in Action::\"effect:read\", resource);");
    CedarPolicySet both = CedarPolicySet.shipped("effects").and(CedarPolicySet.folder(folder));
    assertThatThrownBy(() -> LoadedPolicies.load(both, Office.MANIFEST))
        .isInstanceOf(CedarPolicyException.class)
        .hasMessageContaining("own.cedar:2")
        .hasMessageContaining("\"read-effects\" is already used at effects/effects.cedar:5");
  }

  private static String outcome(PolicyDecisionPoint pdp, Intent.Source asked, String tool) {
    return Office.outcome(decide(pdp, asked, tool)).toString();
  }

  private static Decision decide(PolicyDecisionPoint pdp, Intent.Source asked, String tool) {
    return pdp.decide(List.of(Office.call(Office.task(asked), Office.tool(tool), "{}"))).get(0);
  }

  private static PolicyDecisionPoint create(String key, String value) {
    return create(Map.of(key, value));
  }

  private static PolicyDecisionPoint create(Map<String, String> keys) {
    return new CedarPolicyProvider().create(new Settings(keys), Office.MANIFEST);
  }
}
