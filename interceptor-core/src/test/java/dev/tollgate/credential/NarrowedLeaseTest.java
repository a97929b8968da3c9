package dev.tollgate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy takes scopes away from a credential before it is issued. */
class NarrowedLeaseTest {
  @TempDir Path folder;
  private final FakeIssuer issuer = new FakeIssuer();

  private @Nullable ReasonCode run(boolean observe, String tool, Obligation... obligations) {
    Bench bench = new Bench(Policy.permit(obligations));
    CredentialNeed need =
        new CredentialNeed(
            "bank", Set.of("pay", "see"), Bench.BANK, CredentialNeed.DEFAULT_LIFETIME);
    bench
        .builder
        .credentials(issuer, new FolderOutbox(folder, bench.keys))
        .observe(observe)
        .manifest(new ToolManifest(List.of(listed("pay", need), listed("read", null))));
    return Bench.reason(bench.run(tool));
  }

  private static ListedTool listed(String name, @Nullable CredentialNeed need) {
    return new ListedTool(
        name,
        null,
        Effect.READ,
        Map.of(),
        null,
        Sensitivity.INTERNAL,
        ResultTrust.TRUSTED,
        null,
        need);
  }

  private static Obligation only(String... scopes) {
    return new Obligation.NarrowScope(Set.of(scopes));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theIssuerIsAskedForNoMoreThanAllPoliciesLeave(boolean observe) {
    assertThat(run(observe, "pay", only("pay", "see"), only("pay", "admin"))).isNull();
    assertThat(issuer.requests)
        .singleElement()
        .satisfies(request -> assertThat(request.need().scopes()).containsExactly("pay"));
  }

  @Test
  void anIssuerThatGivesWhatThePolicyTookAwayIsNotTrusted() {
    issuer.scopes = Set.of("pay", "see");
    assertThat(run(false, "pay", only("pay"))).isEqualTo(ReasonCode.CREDENTIAL_WIDER);
    assertThat(issuer.revoked).containsExactly("token-1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutAnyScopeLeftNothingIsIssuedAndNothingRuns(boolean observe) {
    assertThat(run(observe, "pay", only("pay"), only("see"))).isEqualTo(ReasonCode.SCOPE_EMPTY);
    assertThat(run(observe, "pay", only())).isEqualTo(ReasonCode.SCOPE_EMPTY);
    assertThat(issuer.requests).isEmpty();
  }

  @Test
  void aToolWithoutACredentialHasNothingToNarrow() {
    assertThat(run(false, "read", only("pay"))).isNull();
  }
}
