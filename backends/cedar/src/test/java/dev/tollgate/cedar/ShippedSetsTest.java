package dev.tollgate.cedar;

import static dev.tollgate.cedar.Office.call;
import static dev.tollgate.cedar.Office.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.PolicyProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedSetsTest {
  private static final CedarPolicyDecisionPoint OFFICE =
      CedarPolicyDecisionPoint.load(CedarPolicySet.shipped("office"), Office.MANIFEST);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HUMAN    | office | mail_inbox | {} | permit",
        "OPERATOR | office | bank_transactions | {} | permit",
        "EVENT    | office | file_read | {\"path\":\"/a\"} | POLICY_NO_PERMIT",
        "HUMAN    | lab    | mail_inbox | {} | POLICY_NO_PERMIT",
        "HUMAN    | office | mail_send | {\"to\":\"bob@office.example\"} | permit",
        "OPERATOR | office | mail_send | {\"to\":\"bob@office.example\"} | POLICY_NO_PERMIT",
        "HUMAN    | office | mail_send | {\"to\":\"bob@office.example.evil\"} | POLICY_NO_PERMIT",
        "HUMAN    | office | mail_send | {\"to\":\"x@evil,b@office.example\"} | POLICY_NO_PERMIT",
        "HUMAN    | office | mail_send | {} | POLICY_NO_PERMIT",
        "HUMAN    | office | mail_send | {\"to\":[\"bob@office.example\"]} | ARGUMENT_TYPE_MISMATCH",
        "HUMAN    | office | file_write | {\"path\":\"/notes/a\"} | permit",
        "HUMAN    | office | file_write | {\"path\":\"/shared/a\"} | POLICY_FORBIDDEN",
        "HUMAN    | office | file_write | {\"path\":\"/notes/../shared/a\"} | POLICY_FORBIDDEN",
        "HUMAN    | office | file_write | {} | POLICY_NO_PERMIT",
        "HUMAN    | office | bank_pay | {\"iban\":\"DE\",\"amount\":1} | POLICY_FORBIDDEN",
      })
  void theOfficeSet(
      Intent.Source source, String group, String tool, String arguments, String expected) {
    assertThat(
            outcome(
                    Office.decide(
                        OFFICE, call(Office.task(source, group), Office.tool(tool), arguments)))
                .toString())
        .isEqualTo(expected);
  }

  @Test
  void noPaymentsIsNamed() {
    assertThat(Office.decide(OFFICE, call("bank_pay", "{}")).basis().policies())
        .containsExactly("no-payments");
  }

  @ParameterizedTest
  @CsvSource({
    "permit-all,permit,permit",
    "effects,permit,POLICY_NO_PERMIT",
    "ask,permit,needs_approval",
    "none,POLICY_NO_PERMIT,POLICY_NO_PERMIT",
    "least-privilege,permit,POLICY_NO_PERMIT",
    "four-eyes-payments,POLICY_NO_PERMIT,needs_approval",
    "no-egress-after-untrusted-read,permit,POLICY_NO_PERMIT",
    "read-only-in-production,permit,POLICY_FORBIDDEN",
    "autonomy-levels,POLICY_NO_PERMIT,POLICY_NO_PERMIT",
    "legacy-secrets,POLICY_NO_PERMIT,POLICY_NO_PERMIT"
  })
  void theOthersFitAnyManifest(String name, String reading, String paying) {
    CedarPolicySet set = CedarPolicySet.shipped(name);
    CedarPolicyDecisionPoint pdp = CedarPolicyDecisionPoint.load(set, Office.MANIFEST);
    assertThat(outcome(Office.decide(pdp, call("file_read", "{}"))).toString()).isEqualTo(reading);
    assertThat(outcome(Office.decide(pdp, call("bank_pay", "{}"))).toString()).isEqualTo(paying);
    CedarPolicyDecisionPoint bare = CedarPolicyDecisionPoint.load(set, ToolManifest.empty());
    assertThat(
            outcome(
                    Office.decide(
                        bare,
                        call(Office.task(Intent.Source.HUMAN), Office.unlisted("x", "y"), "{}")))
                .toString())
        .isEqualTo(
            switch (name) {
              case "permit-all" -> "permit";
              case "ask" -> "needs_approval";
              case "least-privilege", "read-only-in-production", "autonomy-levels" ->
                  "POLICY_FORBIDDEN";
              default -> "POLICY_NO_PERMIT";
            });
  }

  @Test
  void theProviderReadsItsTwoKeys(@TempDir Path folder) throws Exception {
    PolicyProvider provider =
        ServiceLoader.load(PolicyProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(CedarPolicyProvider.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(provider.name()).isEqualTo("cedar");
    assertThat(provider.keys()).contains("tollgate.policy.set", "tollgate.policy.folder");
    Files.writeString(
        folder.resolve("a.cedar"),
        "permit(principal, action in Action::\"effect:read\", resource);");
    PolicyDecisionPoint pdp = create(provider, "tollgate.policy.folder", folder.toString());
    assertThat(pdp.name()).isEqualTo("cedar");
    assertThat(pdp.decide(List.of(call("mail_inbox", "{}"))).get(0).outcome()).isEqualTo("permit");
    assertThat(
            create(provider, "tollgate.policy.set", "none")
                .decide(List.of(call("mail_inbox", "{}")))
                .get(0)
                .outcome())
        .isEqualTo("deny");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofice", "../office", "", "index"})
  void theProviderRefusesWhatItDoesNotKnow(String name) {
    assertThatThrownBy(() -> create(new CedarPolicyProvider(), "tollgate.policy.set", name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(String.join(", ", CedarPolicySet.shippedNames()));
  }

  @Test
  void theProviderRefusesBothKeys() {
    Settings both =
        new Settings(Map.of("tollgate.policy.set", "none", "tollgate.policy.folder", "/x"));
    assertThatThrownBy(() -> new CedarPolicyProvider().create(both, Office.MANIFEST))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("choose one");
  }

  private static PolicyDecisionPoint create(PolicyProvider provider, String key, String value) {
    return provider.create(new Settings(Map.of(key, value)), Office.MANIFEST);
  }
}
